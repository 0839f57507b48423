package io.foundling.console.access;

/** What a caller may do. Roles that people have include {@link #READER}; the intake's includes nothing else. */
public enum Role {
    /** Asks for everything of the sources that the caller may see, and exports it; values of metadata are masked. */
    READER,
    /** Acts by audit events: extends, cancels, annotates, erases, expects. */
    OPERATOR,
    /** Reads metadata and dead letters as they are. */
    AUDITOR,
    /** Reports audit events over HTTP. Its credentials are in many pipelines, so it shows nothing. */
    INTAKE;

    /** Whether a caller with this role may do what needs another. */
    boolean includes(Role needed) {
        return this == needed || needed == READER && this != INTAKE;
    }
}
