package io.foundling.topology.lifecycle;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;

/**
 * One awaiting status of one attempt between entering it and leaving it, or between two extensions of which the later
 * came after the limit (rules T9, T11 and T12).
 *
 * @param extension 0, or the number of extensions that came after an expired deadline of this status
 * @param enteredAtMs when the status, or this extension of it, began
 * @param deadlineMs {@link Times#NEVER} without one
 * @param saidAtMs when the fact that gave the deadline happened
 * @param waitingOn what the deciding fact or the last extension said it waits for
 * @param leftAtMs when it was left; {@link Times#NEVER} if it was not
 * @param closedParent the parent whose closing set the limit; an empty text for its own deadline
 * @param heldUntilMs no warning before the clock is past this; {@link Long#MIN_VALUE} if nothing holds it
 */
public record Wait(
        int attempt,
        Status status,
        int extension,
        OrphanReason reason,
        long enteredAtMs,
        long deadlineMs,
        long graceMs,
        String rule,
        long saidAtMs,
        String waitingOn,
        long leftAtMs,
        String closedParent,
        long heldUntilMs) {

    /** The deadline rule of a limit that a closing set. */
    static final String CLOSURE_RULE = "closure";

    /** Returns the moment that must be passed, not reached. */
    long limitMs() {
        return Times.plus(deadlineMs, graceMs);
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

    /** Returns this wait under the limit that the closing of its parent sets, if that is the earlier one (rule P8). */
    Wait underClosing(String parent, long closingLimitMs, long closingHeldUntilMs) {
        if (closingLimitMs >= limitMs()) {
            return this;
        }
        return new Wait(
                attempt,
                status,
                extension,
                OrphanReason.PARENT_CLOSED,
                enteredAtMs,
                closingLimitMs,
                0,
                CLOSURE_RULE,
                enteredAtMs,
                waitingOn,
                leftAtMs,
                parent,
                closingHeldUntilMs);
    }
}
