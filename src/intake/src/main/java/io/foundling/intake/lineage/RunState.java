package io.foundling.intake.lineage;

/** What an event says of its run. */
enum RunState {
    START,
    RUNNING,
    COMPLETE,
    FAIL,
    ABORT,
    /** Says nothing of it, and brings metadata. An event without a type is such a one. */
    OTHER
}
