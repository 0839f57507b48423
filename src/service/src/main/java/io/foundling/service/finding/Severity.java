package io.foundling.service.finding;

/** How much a finding matters. */
public enum Severity {
    /** As it should be. */
    OK,
    /** Could not be examined. */
    SKIPPED,
    /** The service runs, with less than it promises or with a risk. */
    WARNING,
    /** The service cannot run, or would report wrong things. */
    ERROR
}
