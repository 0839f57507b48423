package io.foundling.topology.lifecycle;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;

/**
 * A told orphan mark.
 *
 * @param startsAtMs the computed deadline
 * @param clockMs the audit clock when it was told
 * @param detectedAtMs when it was seen
 * @param recoveredAtMs when the subject moved on after all; {@link Fact#NEVER} while the warning stands
 * @param closedParent the parent whose closing set the limit; an empty text for its own deadline
 */
public record Warning(
        int attempt,
        Status status,
        int extension,
        OrphanReason reason,
        long enteredAtMs,
        long startsAtMs,
        long graceMs,
        String rule,
        String waitingOn,
        long clockMs,
        long detectedAtMs,
        long recoveredAtMs,
        String closedParent) {

    static Warning of(Wait wait, long clockMs, long detectedAtMs) {
        return new Warning(
                wait.attempt(),
                wait.status(),
                wait.extension(),
                wait.reason(),
                wait.enteredAtMs(),
                wait.deadlineMs(),
                wait.graceMs(),
                wait.rule(),
                wait.waitingOn(),
                clockMs,
                detectedAtMs,
                wait.leftAtMs(),
                wait.closedParent());
    }

    /** Whether the subject is still an orphan. */
    public boolean isActive() {
        return recoveredAtMs == Fact.NEVER;
    }

    /** Whether two states of one mark would be told alike. */
    boolean looksLike(Warning other) {
        return startsAtMs == other.startsAtMs
                && graceMs == other.graceMs
                && rule.equals(other.rule)
                && reason == other.reason;
    }
}
