package io.foundling.topology.lifecycle.truth;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Times;

/**
 * One awaiting status as one run really went through it.
 *
 * @param run from 0
 * @param enteredAtMs when it was entered, by the reporter's clock: by that a warning is recognised
 * @param limitMs when it should have been left, in true time
 * @param leftAtMs when it was left, in true time; {@link Times#NEVER} if it never was
 */
record TrueWait(int run, Status status, long enteredAtMs, long limitMs, long leftAtMs) {

    boolean ended() {
        return leftAtMs != Times.NEVER;
    }

    /** Whether it was overdue by so much that clocks do not matter. */
    boolean surelyOverdue(long toleranceMs) {
        return leftAtMs > Times.plus(limitMs, toleranceMs);
    }

    /** Whether it was in time by so much that clocks do not matter. */
    boolean surelyInTime(long toleranceMs) {
        return leftAtMs < limitMs - toleranceMs;
    }
}
