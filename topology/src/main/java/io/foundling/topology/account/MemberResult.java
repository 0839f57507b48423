package io.foundling.topology.account;

import io.foundling.audit.Status;
import java.util.Optional;

/** How a member counts in the account of its parent (rule P13). */
public enum MemberResult {
    /** It is not counted: its parent is not settled, or a later attempt of it counts. */
    NONE,
    COMPLETED,
    FAILED,
    SKIPPED,
    CANCELLED,
    RETIRED,
    /** It has no outcome, but a later attempt. */
    MOVED,
    /** It is missing: it has neither an outcome nor a later attempt. */
    ORPHANED;

    /** Returns the outcome it returned with. */
    public Optional<Status> outcome() {
        return switch (this) {
            case NONE, MOVED, ORPHANED -> Optional.empty();
            case COMPLETED, FAILED, SKIPPED, CANCELLED, RETIRED -> Optional.of(Status.valueOf(name()));
        };
    }
}
