package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.Status;

/** What one step changes about one warning. */
public record NaiveChange(Kind kind, int attempt, Status status, int extension) {

    /** EMITTED and RECOVERED come together if the wait is known to be left when the warning is emitted. */
    public enum Kind {
        EMITTED,
        UPDATED,
        REMINDED,
        RECOVERED,
        WITHDRAWN
    }
}
