package io.foundling.topology.account;

import io.foundling.audit.Status;
import java.util.Optional;

/** How a member stands in the account of its parent. */
public enum MemberResult {
    /** It is not counted: its parent is not settled, or a later attempt of it counts. */
    NONE,
    COMPLETED,
    FAILED,
    SKIPPED,
    CANCELLED,
    RETIRED,
    /** It went on in a later attempt elsewhere. */
    MOVED,
    /** It did neither. */
    ORPHANED;

    /** Returns the outcome it returned with. */
    public Optional<Status> outcome() {
        return switch (this) {
            case NONE, MOVED, ORPHANED -> Optional.empty();
            default -> Optional.of(Status.valueOf(name()));
        };
    }
}
