package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;

/**
 * The meaning of each status: whether it awaits, is an outcome, or neither. The switch has no default: it does not
 * compile when the contract gets another status.
 */
public final class Statuses {

    private enum Meaning {
        AWAITS,
        OUTCOME,
        NEITHER
    }

    private Statuses() {}

    /** Whether a subject in this status must move on. */
    public static boolean awaits(Status status) {
        return meaning(status) == Meaning.AWAITS;
    }

    /** COMPLETED, FAILED, SKIPPED or CANCELLED. RETIRED ends a declaration, and is no outcome. */
    public static boolean isOutcome(Status status) {
        return meaning(status) == Meaning.OUTCOME;
    }

    private static Meaning meaning(Status status) {
        return switch (status) {
            case EXPECTED, OPEN, DEFERRED, PENDING, RETRYING -> Meaning.AWAITS;
            case COMPLETED, FAILED, SKIPPED, CANCELLED -> Meaning.OUTCOME;
            case RETIRED, UNKNOWN -> Meaning.NEITHER;
        };
    }
}
