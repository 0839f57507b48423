package io.foundling.console.access;

/** What a caller may do. A caller may have several roles. */
public enum Role {
    /** Asks for what is known; metadata is masked. */
    READER,
    /** Acts by audit events: extends, cancels, annotates, erases, expects. */
    OPERATOR,
    /** Reads metadata and dead letters as they are. */
    AUDITOR
}
