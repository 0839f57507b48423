package io.foundling.topology.lifecycle;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;

/**
 * A warning that was emitted for a wait and not withdrawn. It is kept after it has recovered.
 *
 * @param startsAtMs the computed deadline
 * @param clockMs the audit clock when it was emitted
 * @param detectedAtMs wall time of emitting
 * @param recoveredAtMs when the subject moved on after all; {@link Times#NEVER} while the warning is active
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

    /** Whether this is the warning of a wait: attempt, status and extension identify both (rule T13). */
    boolean isOf(Wait wait) {
        return attempt == wait.attempt() && status == wait.status() && extension == wait.extension();
    }

    /** Whether it has not recovered. */
    public boolean isActive() {
        return recoveredAtMs == Times.NEVER;
    }

    /** Whether two states of one warning show the same: then no update is emitted (rule T15). */
    boolean looksLike(Warning other) {
        return startsAtMs == other.startsAtMs
                && graceMs == other.graceMs
                && rule.equals(other.rule)
                && reason == other.reason;
    }
}
