package io.foundling.console.policies;

/** What other policies do to a warning. */
public enum Change {
    /** There is one that there was not. */
    ADDED,

    /** There was one that there is not. */
    REMOVED,

    /** Its limit is earlier. */
    EARLIER,

    /** Its limit is later. */
    LATER
}
