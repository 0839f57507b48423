package io.foundling.console.acts;

import io.foundling.audit.AuditEvent;

/** What became of the event of an act. */
public sealed interface Recording {

    /** The broker has acknowledged it. */
    record Recorded(AuditEvent event, String topic, int partition, long offset) implements Recording {}

    /**
     * It was not acknowledged, and may have been written nevertheless.
     *
     * @param mayRepeat whether a repeat may help
     */
    record Unrecorded(String reason, boolean mayRepeat) implements Recording {}
}
