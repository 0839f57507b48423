package io.foundling.topology.lifecycle;

import java.util.Optional;

/**
 * One awaiting status of one attempt between entering it and leaving it, or between two extensions of which the later
 * came after the limit (rules T9, T11 and T12).
 *
 * @param entered the fact with which the status, or this extension of it, began
 * @param given the fact that gave the deadline, or what gave the limit of a closing (rule P10)
 * @param waitingOn what the deciding fact or the last extension said it waits for
 * @param leftAtMs when it was left; {@link Times#NEVER} if it was not
 * @param restarted whether a restart ended it (rule T12)
 * @param own the same under its own limit, where a closing sets an earlier one
 */
public record Wait(
        WaitId id,
        FactTime entered,
        Limit limit,
        FactTime given,
        String waitingOn,
        long leftAtMs,
        boolean restarted,
        Optional<Wait> own) {

    /** Makes one under its own limit. */
    public Wait(
            WaitId id,
            FactTime entered,
            Limit limit,
            FactTime given,
            String waitingOn,
            long leftAtMs,
            boolean restarted) {
        this(id, entered, limit, given, waitingOn, leftAtMs, restarted, Optional.empty());
    }

    public long enteredAtMs() {
        return entered.occurredAtMs();
    }

    /** Returns the moment that must be passed, not reached. */
    public long limitMs() {
        return limit.deadline().limitMs();
    }

    /**
     * Returns the moment that the clock must be past for a warning: a deadline can be earlier than the fact that gave
     * it.
     */
    public long emittableMs() {
        return Math.max(limitMs(), given.occurredAtMs());
    }

    public boolean hasLeft() {
        return leftAtMs != Times.NEVER;
    }

    public boolean leftInTime() {
        return hasLeft() && leftAtMs <= limitMs();
    }

    /** Whether this is or can still become overdue, once the clock is past the limit (rule T13). */
    public boolean canBecomeOverdue() {
        return limitMs() != Times.NEVER && !leftInTime();
    }

    /**
     * Returns what the clock must be past for a warning: this limit is due, or the own one that a closing put aside.
     */
    public long dueMs(Delay delay, long maxHoldMs) {
        long dueMs = delay.dueMs(emittableMs(), given.appendedAtMs(), maxHoldMs);
        return own.isEmpty() ? dueMs : Math.min(dueMs, own.get().dueMs(delay, maxHoldMs));
    }

    /** Returns the wait that an extension after the limit begins (rule T12). */
    Wait next(FactTime newEntered) {
        return new Wait(id.after(1), newEntered, limit, given, waitingOn, leftAtMs, false, own);
    }

    Wait leftAt(long newLeftAtMs) {
        return new Wait(id, entered, limit, given, waitingOn, newLeftAtMs, false, own);
    }

    Wait restartedAt(long newLeftAtMs) {
        return new Wait(id, entered, limit, given, waitingOn, newLeftAtMs, true, own);
    }

    /**
     * Returns this wait under the limit that the closing of its parent sets, if that is the earlier one (rule P8).
     *
     * @param reportedAtMs the append time that came with the closing
     */
    Wait underClosing(String parent, long closingLimitMs, long reportedAtMs) {
        if (closingLimitMs >= limitMs()) {
            return this;
        }
        FactTime closing = new FactTime(enteredAtMs(), Math.max(entered.appendedAtMs(), reportedAtMs));
        Limit earlier = Limit.closing(parent, closingLimitMs);
        return new Wait(id, entered, earlier, closing, waitingOn, leftAtMs, restarted, Optional.of(this));
    }
}
