package io.foundling.topology.lifecycle;

import io.foundling.audit.OrphanReason;

/**
 * What a wait must not outlast: its own deadline, or the closing of a parent (rule P7).
 *
 * @param closedParent the parent whose closing set the limit; an empty text for the wait's own deadline
 */
public record Limit(OrphanReason reason, Deadline deadline, String closedParent) {

    /** The deadline rule of a limit that a closing set. */
    private static final String CLOSURE_RULE = "closure";

    static Limit own(Deadline deadline) {
        return new Limit(OrphanReason.DEADLINE_PASSED, deadline, "");
    }

    static Limit closing(String parent, long limitMs) {
        return new Limit(OrphanReason.PARENT_CLOSED, new Deadline(limitMs, 0, CLOSURE_RULE), parent);
    }

    boolean isClosingOf(String parent) {
        return reason == OrphanReason.PARENT_CLOSED && closedParent.equals(parent);
    }

    /** Whether both show the same in a warning: which parent closed is not shown. */
    boolean looksLike(Limit other) {
        return reason == other.reason && deadline.equals(other.deadline);
    }
}
