package io.foundling.topology.lifecycle;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;

/**
 * One awaiting status of one attempt between entering it and leaving it, or between two extensions of which the later came
 * after the deadline had expired (rules T9, T11 and T12).
 *
 * @param extension 0, or the number of extensions that came after an expired deadline of this status
 * @param enteredAtMs when the status, or this extension of it, began
 * @param deadlineMs {@link Fact#NEVER} without one
 * @param saidAtMs when the fact that gave the deadline happened
 * @param waitingOn what the deciding fact or the last extension said it waits for
 * @param leftAtMs when the subject moved on; {@link Fact#NEVER} while it has not
 * @param closedParent the parent whose closing set the limit; an empty text for its own deadline
 * @param heldUntilMs not told before the clock is past this; {@link Long#MIN_VALUE} if nothing holds it
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

    /** What gave the deadline of an orphan whose parent closed. */
    static final String CLOSURE_RULE = "closure";

    /** Returns the moment that must be passed, not reached. */
    long limitMs() {
        return Fact.saturatedAdd(deadlineMs, graceMs);
    }

    /** Returns the moment before which it is not told: a deadline in the past still needs its fact to have happened. */
    long emittableMs() {
        return Math.max(limitMs(), saidAtMs);
    }

    boolean hasLeft() {
        return leftAtMs != Fact.NEVER;
    }

    boolean leftInTime() {
        return hasLeft() && leftAtMs <= limitMs();
    }

    /** Whether this is or can become an orphan, once the clock is past the limit. */
    boolean canBecomeOrphan() {
        return limitMs() != Fact.NEVER && !leftInTime();
    }

    /** Returns the moment that the clock must be past for it to be told now. */
    long dueMs() {
        return Math.max(emittableMs(), heldUntilMs);
    }

    /** Returns this watch under the limit that its parent's closing set, if that is the earlier one. */
    Wait limitedBy(String parent, long closingLimitMs, long closingHeldUntilMs) {
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

    boolean sameAs(int otherAttempt, Status otherStatus, int otherExtension) {
        return attempt == otherAttempt && status == otherStatus && extension == otherExtension;
    }
}
