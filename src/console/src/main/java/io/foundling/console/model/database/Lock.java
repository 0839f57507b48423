package io.foundling.console.model.database;

/** What transactions wait for, of this process and of others, beyond rows. */
public enum Lock {
    /**
     * Shared by those that add to the trail, exclusive for one that erases a subject, so that none adds what it does not
     * know to be erased.
     */
    ERASURES,

    /**
     * Shared by those that replace rows, and change tallies by what the rows held before; exclusive for one that deletes
     * rows or tallies that others may change at the same time.
     */
    TALLY,

    /** Held by the process that does the upkeep. */
    UPKEEP
}
