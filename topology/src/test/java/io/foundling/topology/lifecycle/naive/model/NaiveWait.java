package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Times;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One awaiting status of one attempt, or what an extension after its limit began (rules T9, T11 and T12).
 *
 * @param extension 0, or how many extensions came after an expired deadline of this status
 * @param enteredGivenMs when the fact that entered it was appended
 * @param saidAtMs when the fact that gave the deadline happened
 * @param givenMs when that fact was appended, or what came with the closing that set the limit
 * @param waitingOn of the last extension up to this wait that has one, else empty
 * @param restarted whether a restart ended it
 * @param own this wait under its own limit, if a closing has set an earlier one
 */
record NaiveWait(
        int attempt,
        Status status,
        int extension,
        long enteredAtMs,
        long enteredGivenMs,
        long deadlineMs,
        long graceMs,
        String rule,
        long saidAtMs,
        long givenMs,
        String waitingOn,
        OptionalLong leftAtMs,
        OrphanReason reason,
        String closedParent,
        boolean restarted,
        Optional<NaiveWait> own) {

    /** Returns a wait under its own deadline. */
    NaiveWait(
            int attempt,
            Status status,
            int extension,
            long enteredAtMs,
            long enteredGivenMs,
            long deadlineMs,
            long graceMs,
            String rule,
            long saidAtMs,
            long givenMs,
            String waitingOn,
            OptionalLong leftAtMs) {
        this(
                attempt,
                status,
                extension,
                enteredAtMs,
                enteredGivenMs,
                deadlineMs,
                graceMs,
                rule,
                saidAtMs,
                givenMs,
                waitingOn,
                leftAtMs,
                OrphanReason.DEADLINE_PASSED,
                "",
                false,
                Optional.empty());
    }

    NaiveWait leftAt(long ms) {
        return new NaiveWait(
                attempt,
                status,
                extension,
                enteredAtMs,
                enteredGivenMs,
                deadlineMs,
                graceMs,
                rule,
                saidAtMs,
                givenMs,
                waitingOn,
                OptionalLong.of(ms));
    }

    NaiveWait withoutDeadline() {
        return new NaiveWait(
                attempt,
                status,
                extension,
                enteredAtMs,
                enteredGivenMs,
                Times.NEVER,
                0,
                rule,
                saidAtMs,
                givenMs,
                waitingOn,
                leftAtMs);
    }

    /** Returns the same if what ends it is a repeat that began again. */
    NaiveWait endedByRestart() {
        return new NaiveWait(
                attempt,
                status,
                extension,
                enteredAtMs,
                enteredGivenMs,
                deadlineMs,
                graceMs,
                rule,
                saidAtMs,
                givenMs,
                waitingOn,
                leftAtMs,
                reason,
                closedParent,
                true,
                own);
    }

    /**
     * Returns the same under the limit that its parent's closing sets.
     *
     * @param reportedAtMs the append time that came with the closing
     */
    NaiveWait underClosing(String parent, long closingLimitMs, long reportedAtMs) {
        return new NaiveWait(
                attempt,
                status,
                extension,
                enteredAtMs,
                enteredGivenMs,
                closingLimitMs,
                0,
                "closure",
                enteredAtMs,
                Math.max(enteredGivenMs, reportedAtMs),
                waitingOn,
                leftAtMs,
                OrphanReason.PARENT_CLOSED,
                parent,
                restarted,
                Optional.of(this));
    }

    /** What one warning is emitted for. */
    record Key(int attempt, Status status, int extension) {}

    Key key() {
        return new Key(attempt, status, extension);
    }

    long limitMs() {
        return deadlineMs == Times.NEVER ? Times.NEVER : NaiveOrder.add(deadlineMs, graceMs);
    }

    /** Returns when the limit has passed, and the fact that gave it has happened. */
    long timeMs() {
        return Math.max(limitMs(), saidAtMs);
    }

    /** Whether its warning is to be emitted. */
    boolean isOverdue(NaiveMoment moment, long maxLateHoldMs) {
        boolean leftInTime = leftAtMs.isPresent() && leftAtMs.getAsLong() <= limitMs();
        return !leftInTime && isDue(moment, maxLateHoldMs);
    }

    /** Whether its time is due, or that of the limit which a closing has put aside. */
    boolean isDue(NaiveMoment moment, long maxLateHoldMs) {
        boolean judged = NaiveOrder.add(moment.clockMs(), -moment.delayMs()) > timeMs();
        boolean waitedLongEnough = moment.clockMs() > NaiveOrder.add(Math.max(timeMs(), givenMs), maxLateHoldMs);
        return judged
                || waitedLongEnough
                || own.filter(wait -> wait.isDue(moment, maxLateHoldMs)).isPresent();
    }

    NaiveWarning warning() {
        return new NaiveWarning(
                attempt,
                status,
                extension,
                reason,
                enteredAtMs,
                deadlineMs,
                rule,
                new NaiveRecovery(leftAtMs.orElse(Times.NEVER), restarted));
    }

    NaiveChange change(NaiveChange.Kind kind) {
        return new NaiveChange(kind, attempt, status, extension);
    }
}
