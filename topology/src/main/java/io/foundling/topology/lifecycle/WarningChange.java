package io.foundling.topology.lifecycle;

/** Something to say about a mark, in the order in which it must be said. */
public record WarningChange(Kind kind, Warning warning) {

    /** TOLD and UPDATED publish the mark; RECOVERED and WITHDRAWN take it back. */
    public enum Kind {
        EMITTED,
        UPDATED,
        RECOVERED,
        WITHDRAWN
    }
}
