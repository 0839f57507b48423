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
public record Mark(
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

    static Mark of(Watch watch, long clockMs, long detectedAtMs) {
        return new Mark(
                watch.attempt(),
                watch.status(),
                watch.extension(),
                watch.reason(),
                watch.enteredAtMs(),
                watch.deadlineMs(),
                watch.graceMs(),
                watch.rule(),
                watch.waitingOn(),
                clockMs,
                detectedAtMs,
                watch.leftAtMs(),
                watch.closedParent());
    }

    /** Whether the subject is still an orphan. */
    public boolean stands() {
        return recoveredAtMs == Fact.NEVER;
    }

    /** Whether two states of one mark would be told alike. */
    boolean tellsTheSameAs(Mark other) {
        return startsAtMs == other.startsAtMs
                && graceMs == other.graceMs
                && rule.equals(other.rule)
                && reason == other.reason;
    }
}
