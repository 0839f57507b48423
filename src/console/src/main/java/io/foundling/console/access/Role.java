package io.foundling.console.access;

/** What a caller may do. A caller may have several roles; each includes {@link #READER}. */
public enum Role {
    /** Asks for what is known; metadata is masked. */
    READER,
    /** Acts by audit events: extends, cancels, annotates, erases, expects. */
    OPERATOR,
    /** Reads metadata and dead letters as they are. */
    AUDITOR;

    /** Whether a caller with this role may do what needs another. */
    boolean includes(Role needed) {
        return this == needed || needed == READER;
    }
}
