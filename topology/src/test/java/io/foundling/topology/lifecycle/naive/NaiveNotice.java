package io.foundling.topology.lifecycle.naive;

import io.foundling.audit.Status;

/** What one step says about one orphan mark. */
public record NaiveNotice(Kind kind, int attempt, Status status, int extension) {

    /** EMITTED and RECOVERED come together where the way out is known when the mark is told. */
    public enum Kind {
        EMITTED,
        UPDATED,
        RECOVERED,
        WITHDRAWN
    }
}
