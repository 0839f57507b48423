package io.foundling.console.policies;

/** What has become of a warning by the end of the window. */
public enum WarningEnd {
    /** Its subject is an orphan still. */
    ACTIVE,

    /** Its subject moved on after the limit. */
    RECOVERED,

    /** A fact that was read later proved it wrong. */
    WITHDRAWN
}
