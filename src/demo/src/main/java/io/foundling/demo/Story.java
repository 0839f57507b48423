package io.foundling.demo;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import java.util.List;
import java.util.Optional;

/** What happens to a record of the demo, and what the ledger should make of it. */
enum Story {
    /** Deferred, submitted, back: what nearly all do. */
    RETURNS,
    /** Its completion is reported twice, as a sender does that has missed the answer. */
    REPORTED_TWICE,
    /** Deferred with a deadline of its own and never submitted. */
    FORGOTTEN,
    /** Submitted and never answered. */
    LOST,
    /** Answered after its warning. */
    LATE,
    /** Not back when its batch closed; the settlement names it, and then it comes back. */
    MISSED,
    /** Submitted after its warning. */
    SUBMITTED_LATE,
    /** Came back in time, but its completion lay in a spool. */
    SPOOLED,
    /** All its events lay in a spool for longer than its windows; they arrive one by one. */
    BACKFILLED,
    /** Belongs to no batch; its deadline was moved in time. */
    EXTENDED,
    /** Its worker reports the completion before the one who deferred it reports that, by another clock. */
    RACED,
    /** Belongs to no batch; its job was killed without a word and begun again after the warning, without a number. */
    RESTARTED,
    /** Belongs to no batch; its job extends its deadline again and again, more often than facts are kept. */
    KEPT_ALIVE,
    /** Failed, with another try that succeeded. */
    RETRIED,
    /** Reported as completed, then as failed. */
    CONTRADICTED,
    /** Reported as deferred again after it was submitted. */
    STEPPED_BACK;

    boolean completes() {
        return this != FORGOTTEN && this != LOST;
    }

    boolean isMember() {
        return this != EXTENDED && this != RESTARTED && this != KEPT_ALIVE;
    }

    /** Returns the status about which a warning is emitted. */
    Optional<Status> warnedIn() {
        return switch (this) {
            case FORGOTTEN, SUBMITTED_LATE, RESTARTED -> Optional.of(Status.DEFERRED);
            case LOST, LATE, MISSED, SPOOLED -> Optional.of(Status.PENDING);
            default -> Optional.empty();
        };
    }

    boolean recovers() {
        return this == LATE || this == MISSED || this == SUBMITTED_LATE || this == RESTARTED;
    }

    boolean isWithdrawn() {
        return this == SPOOLED;
    }

    Optional<ViolationType> violation() {
        return switch (this) {
            case CONTRADICTED -> Optional.of(ViolationType.CONFLICTING_OUTCOME);
            case STEPPED_BACK -> Optional.of(ViolationType.BACKWARD_TRANSITION);
            default -> Optional.empty();
        };
    }

    /** Returns the stories of a batch beside the records that return; they repeat every four batches. */
    static List<Story> ofBatch(int number) {
        return switch ((number - 1) % 4) {
            case 0 -> List.of(FORGOTTEN, LOST, LATE, REPORTED_TWICE, KEPT_ALIVE);
            case 1 -> List.of(MISSED, CONTRADICTED, RACED, RESTARTED);
            case 2 -> List.of(BACKFILLED, STEPPED_BACK, RETRIED);
            default -> List.of(SPOOLED, EXTENDED, SUBMITTED_LATE);
        };
    }
}
