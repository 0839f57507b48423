package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Times;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One awaiting status of one attempt, or what an extension after its limit began (rules T9, T11 and T12).
 *
 * @param enteredGivenMs when the fact that entered it was appended
 * @param waitingOn of the last extension up to this wait that has one, else empty
 * @param restarted whether a restart ended it
 * @param own its own limit, if a closing has set an earlier one
 */
record NaiveWait(
        Key key,
        long enteredAtMs,
        long enteredGivenMs,
        NaiveLimit limit,
        String waitingOn,
        OptionalLong leftAtMs,
        boolean restarted,
        Optional<NaiveLimit> own) {

    /**
     * What one warning is emitted for.
     *
     * @param extension 0, or how many extensions came after an expired deadline of this status
     */
    record Key(int attempt, Status status, int extension) {}

    /** Returns a wait under its own limit. */
    NaiveWait(
            Key key, long enteredAtMs, long enteredGivenMs, NaiveLimit limit, String waitingOn, OptionalLong leftAtMs) {
        this(key, enteredAtMs, enteredGivenMs, limit, waitingOn, leftAtMs, false, Optional.empty());
    }

    NaiveWait leftAt(long ms) {
        return new NaiveWait(key, enteredAtMs, enteredGivenMs, limit, waitingOn, OptionalLong.of(ms));
    }

    NaiveWait withoutDeadline() {
        return new NaiveWait(key, enteredAtMs, enteredGivenMs, limit.never(), waitingOn, leftAtMs);
    }

    /** Returns the same if what ends it is a repeat that began again. */
    NaiveWait endedByRestart() {
        return new NaiveWait(key, enteredAtMs, enteredGivenMs, limit, waitingOn, leftAtMs, true, own);
    }

    /**
     * Returns the same under the limit that its parent's closing sets.
     *
     * @param reportedAtMs the append time that came with the closing
     */
    NaiveWait underClosing(String parent, long closingLimitMs, long reportedAtMs) {
        NaiveLimit byClosing = new NaiveLimit(
                closingLimitMs,
                0,
                "closure",
                enteredAtMs,
                Math.max(enteredGivenMs, reportedAtMs),
                OrphanReason.PARENT_CLOSED,
                parent);
        return new NaiveWait(
                key, enteredAtMs, enteredGivenMs, byClosing, waitingOn, leftAtMs, restarted, Optional.of(limit));
    }

    int attempt() {
        return key.attempt();
    }

    Status status() {
        return key.status();
    }

    int extension() {
        return key.extension();
    }

    long limitMs() {
        return limit.atMs();
    }

    /** Whether its warning is to be emitted. */
    boolean isOverdue(NaiveMoment moment, long maxLateHoldMs) {
        boolean leftInTime = leftAtMs.isPresent() && leftAtMs.getAsLong() <= limitMs();
        return !leftInTime && isDue(moment, maxLateHoldMs);
    }

    /** Whether its limit is due, or the one which a closing has put aside. */
    boolean isDue(NaiveMoment moment, long maxLateHoldMs) {
        return limit.isDue(moment, maxLateHoldMs)
                || own.filter(aside -> aside.isDue(moment, maxLateHoldMs)).isPresent();
    }

    NaiveWarning warning() {
        return new NaiveWarning(
                attempt(),
                status(),
                extension(),
                limit.reason(),
                enteredAtMs,
                limit.deadlineMs(),
                limit.rule(),
                new NaiveRecovery(leftAtMs.orElse(Times.NEVER), restarted));
    }

    NaiveChange change(NaiveChange.Kind kind) {
        return new NaiveChange(kind, attempt(), status(), extension());
    }
}
