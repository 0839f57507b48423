package io.foundling.topology.lifecycle.naive;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Fact;
import java.util.OptionalLong;

/**
 * One stay in an awaiting status (rules 9 and 10).
 *
 * @param extension 0, or how many extensions came after an expired deadline of this status
 * @param saidAtMs when the fact that gave the deadline happened
 * @param waitingOn of the last extension up to this watch that has one, else empty
 */
record NaiveWatch(
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

    /** Returns a watch under its own deadline. */
    NaiveWatch(
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
    NaiveWatch underClosing(String parent, long closingLimitMs, long closingHeldUntilMs) {
        return new NaiveWatch(
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

    /** What one warning is told for. */
    record Key(int attempt, Status status, int extension) {}

    Key key() {
        return new Key(attempt, status, extension);
    }

    long limitMs() {
        return deadlineMs == Fact.NEVER ? Fact.NEVER : NaiveOrder.add(deadlineMs, graceMs);
    }

    boolean marked(long clockMs) {
        return leftAtMs.isPresent() ? leftAtMs.getAsLong() > limitMs() : clockMs > limitMs();
    }

    /** Whether it is to be told, if nothing holds the subject. */
    boolean due(long clockMs) {
        return marked(clockMs) && passed(clockMs) && clockMs > heldUntilMs;
    }

    /** Whether the limit has passed, and the fact that gave it has happened. */
    boolean passed(long clockMs) {
        return clockMs > limitMs() && clockMs > saidAtMs;
    }

    NaiveMark mark() {
        return new NaiveMark(
                attempt, status, extension, reason, enteredAtMs, deadlineMs, rule, leftAtMs.orElse(Fact.NEVER));
    }

    NaiveNotice notice(NaiveNotice.Kind kind) {
        return new NaiveNotice(kind, attempt, status, extension);
    }
}
