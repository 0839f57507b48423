package io.foundling.topology.lifecycle;

/** One change of a warning. A decision lists its changes in the order in which they must be published. */
public record WarningChange(Kind kind, Warning warning) {

    /** EMITTED, UPDATED and REMINDED publish the warning; RECOVERED and WITHDRAWN publish a tombstone. */
    public enum Kind {
        EMITTED,
        UPDATED,
        REMINDED,
        RECOVERED,
        WITHDRAWN
    }
}
