package io.foundling.schemas.registry;

/** Which changes of a schema are accepted; the names are those of the registry's API. */
public enum Compatibility {
    /** The newest schema reads everything ever written: readers are deployed before writers. */
    BACKWARD_TRANSITIVE,
    /** Every schema reads everything written by any other: readers and writers are deployed in any order. */
    FULL_TRANSITIVE
}
