package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;

/**
 * One attempt of a subject as the parent of others.
 *
 * @param outcome UNKNOWN while it is under way
 * @param closedAtMs when its first outcome, in order, happened; {@link Fact#NEVER} while it is under way
 * @param previousClosedAtMs the latest closing of the attempts before it; {@link Fact#NEVER} if none of them closed
 * @param expectedMembers what its first Pending that says so announced; {@link Fact#NOT_SAID} without
 */
public record ParentAttempt(
        int attempt, Status outcome, long closedAtMs, long previousClosedAtMs, long expectedMembers) {

    public boolean isClosed() {
        return closedAtMs != Fact.NEVER;
    }
}
