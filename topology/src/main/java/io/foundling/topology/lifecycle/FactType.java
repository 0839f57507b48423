package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;

/** What a fact says, with the status it implies and the rank of that status. Facts without a status rank last. */
public enum FactType {
    DECLARED(Status.EXPECTED, 0),
    EXPECTED(Status.EXPECTED, 0),
    OPENED(Status.OPEN, 1),
    DEFERRED(Status.DEFERRED, 2),
    PENDING(Status.PENDING, 3),
    RETRYING(Status.RETRYING, 4),
    COMPLETED(Status.COMPLETED, 5),
    FAILED(Status.FAILED, 5),
    SKIPPED(Status.SKIPPED, 5),
    CANCELLED(Status.CANCELLED, 5),
    RETIRED(Status.RETIRED, 5),
    EXTENDED(Status.UNKNOWN, 6);

    static final int OUTCOME_RANK = 5;

    private final Status status;
    private final int rank;

    FactType(Status status, int rank) {
        this.status = status;
        this.rank = rank;
    }

    /** Returns the implied status; UNKNOWN for EXTENDED, which has none. */
    public Status status() {
        return status;
    }

    public int rank() {
        return rank;
    }

    public boolean hasStatus() {
        return this != EXTENDED;
    }

    public boolean awaits() {
        return rank < OUTCOME_RANK;
    }

    /** COMPLETED, FAILED, SKIPPED or CANCELLED. RETIRED has the rank of an outcome, but is not one. */
    public boolean isOutcome() {
        return rank == OUTCOME_RANK && this != RETIRED;
    }

    /** Whether it ends a run: an outcome or a RETRYING (rule L6). */
    boolean isEnd() {
        return isOutcome() || this == RETRYING;
    }

    /** Whether somebody took the work up, rather than announced it. */
    boolean isWork() {
        return begins() && this != EXPECTED;
    }

    /** Whether an unnumbered fact of this type may start an attempt. */
    boolean begins() {
        return this == EXPECTED || this == OPENED || this == DEFERRED || this == PENDING;
    }
}
