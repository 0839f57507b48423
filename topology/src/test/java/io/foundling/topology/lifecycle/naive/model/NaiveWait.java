package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Times;
import java.util.OptionalLong;

/**
 * One awaiting status of one attempt, or what an extension after its limit began (rules T9, T11 and T12).
 *
 * @param extension 0, or how many extensions came after an expired deadline of this status
 * @param saidAtMs when the fact that gave the deadline happened
 * @param waitingOn of the last extension up to this wait that has one, else empty
 */
record NaiveWait(
        int attempt,
        Status status,
        int extension,
        long enteredAtMs,
        long deadlineMs,
        long graceMs,
        String rule,
        long saidAtMs,
        String waitingOn,
        OptionalLong leftAtMs,
        OrphanReason reason,
        String closedParent,
        long heldUntilMs) {

    /** Returns a wait under its own deadline. */
    NaiveWait(
            int attempt,
            Status status,
            int extension,
            long enteredAtMs,
            long deadlineMs,
            long graceMs,
            String rule,
            long saidAtMs,
            String waitingOn,
            OptionalLong leftAtMs) {
        this(
                attempt,
                status,
                extension,
                enteredAtMs,
                deadlineMs,
                graceMs,
                rule,
                saidAtMs,
                waitingOn,
                leftAtMs,
                OrphanReason.DEADLINE_PASSED,
                "",
                Long.MIN_VALUE);
    }

    /** Returns the same under the limit that its parent's closing sets. */
    NaiveWait underClosing(String parent, long closingLimitMs, long closingHeldUntilMs) {
        return new NaiveWait(
                attempt,
                status,
                extension,
                enteredAtMs,
                closingLimitMs,
                0,
                "closure",
                enteredAtMs,
                waitingOn,
                leftAtMs,
                OrphanReason.PARENT_CLOSED,
                parent,
                closingHeldUntilMs);
    }

    /** What one warning is emitted for. */
    record Key(int attempt, Status status, int extension) {}

    Key key() {
        return new Key(attempt, status, extension);
    }

    long limitMs() {
        return deadlineMs == Times.NEVER ? Times.NEVER : NaiveOrder.add(deadlineMs, graceMs);
    }

    boolean isOverdue(long clockMs) {
        return leftAtMs.isPresent() ? leftAtMs.getAsLong() > limitMs() : clockMs > limitMs();
    }

    /** Whether its warning is to be emitted, if nothing holds the subject. */
    boolean due(long clockMs) {
        return isOverdue(clockMs) && passed(clockMs) && clockMs > heldUntilMs;
    }

    /** Whether the limit has passed, and the fact that gave it has happened. */
    boolean passed(long clockMs) {
        return clockMs > limitMs() && clockMs > saidAtMs;
    }

    NaiveWarning warning() {
        return new NaiveWarning(
                attempt, status, extension, reason, enteredAtMs, deadlineMs, rule, leftAtMs.orElse(Times.NEVER));
    }

    NaiveChange change(NaiveChange.Kind kind) {
        return new NaiveChange(kind, attempt, status, extension);
    }
}
