package io.foundling.bench.ledger;

/** What becomes of a record. */
enum Course {
    COMPLETES,
    FAILS,
    /** Completed without having been submitted. */
    AT_ONCE,
    NEVER_SUBMITTED,
    NEVER_FINISHED
}
