package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;

/**
 * One attempt of a parent, as far as its members depend on it: when it closed, or that it is under way after an earlier
 * one has closed.
 *
 * @param outcome UNKNOWN while the attempt is under way
 * @param closedAtMs when its first outcome, in order, happened; {@link Times#NEVER} while it is under way
 * @param previousClosedAtMs the latest closing of the attempts before it; {@link Times#NEVER} if none of them closed
 * @param expectedMembers how many members its first Pending that says so announced; {@link Fact#NOT_SAID} without
 */
public record Closing(int attempt, Status outcome, long closedAtMs, long previousClosedAtMs, long expectedMembers) {

    public boolean isClosed() {
        return closedAtMs != Times.NEVER;
    }

    /** Whether members that did not come back are orphans: those of a cancelled parent are not. */
    public boolean warns() {
        return outcome != Status.CANCELLED;
    }

    /** Returns the attempt as one that is under way: its outcome turned out to belong to another one. */
    public Closing reopened() {
        return new Closing(attempt, Status.UNKNOWN, Times.NEVER, previousClosedAtMs, Fact.NOT_SAID);
    }
}
