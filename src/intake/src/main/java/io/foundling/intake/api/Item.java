package io.foundling.intake.api;

import io.foundling.audit.AuditEvent;

/** What was read of one event of a request. */
sealed interface Item {

    record Readable(AuditEvent event) implements Item {}

    /** @param isJson false if nothing could be read of it */
    record Unreadable(String sentence, boolean isJson) implements Item {}

    /** The caller may not report events of this source. */
    record Forbidden(String sentence) implements Item {}
}
