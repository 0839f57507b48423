package io.foundling.topology.lifecycle;

/**
 * One awaiting status of one attempt between entering it and leaving it, or between two extensions of which the later
 * came after the limit (rules T9, T11 and T12).
 *
 * @param enteredAtMs when the status, or this extension of it, began
 * @param saidAtMs when the fact that gave the deadline happened
 * @param waitingOn what the deciding fact or the last extension said it waits for
 * @param leftAtMs when it was left; {@link Times#NEVER} if it was not
 * @param heldUntilMs no warning before the clock is past this; {@link Long#MIN_VALUE} if nothing holds it
 */
public record Wait(
        WaitId id, long enteredAtMs, Limit limit, long saidAtMs, String waitingOn, long leftAtMs, long heldUntilMs) {

    /** Returns the moment that must be passed, not reached. */
    long limitMs() {
        return limit.deadline().limitMs();
    }

    /**
     * Returns the moment that the clock must be past for a warning: a deadline can be earlier than the fact that gave
     * it.
     */
    long emittableMs() {
        return Math.max(limitMs(), saidAtMs);
    }

    boolean hasLeft() {
        return leftAtMs != Times.NEVER;
    }

    boolean leftInTime() {
        return hasLeft() && leftAtMs <= limitMs();
    }

    /** Whether this is or can still become overdue, once the clock is past the limit (rule T13). */
    boolean canBecomeOverdue() {
        return limitMs() != Times.NEVER && !leftInTime();
    }

    /** Returns the same with the hold of the closing that set the limit. */
    long dueMs() {
        return Math.max(emittableMs(), heldUntilMs);
    }

    /** Returns the wait that an extension after the limit begins (rule T12). */
    Wait next(long newEnteredAtMs) {
        return new Wait(id.after(1), newEnteredAtMs, limit, saidAtMs, waitingOn, leftAtMs, heldUntilMs);
    }

    Wait leftAt(long newLeftAtMs) {
        return new Wait(id, enteredAtMs, limit, saidAtMs, waitingOn, newLeftAtMs, heldUntilMs);
    }

    /** Returns this wait under the limit that the closing of its parent sets, if that is the earlier one (rule P8). */
    Wait underClosing(String parent, long closingLimitMs, long closingHeldUntilMs) {
        if (closingLimitMs >= limitMs()) {
            return this;
        }
        Limit closing = Limit.closing(parent, closingLimitMs);
        return new Wait(id, enteredAtMs, closing, enteredAtMs, waitingOn, leftAtMs, closingHeldUntilMs);
    }
}
