package io.foundling.console.model.query;

import io.foundling.audit.AuditEvent;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/** The events of a subject, in the order in which they happened. Events that were sent twice are there twice. */
public record Trail(String subjectKey) implements Question<AuditEvent> {

    @Override
    public Selection<AuditEvent> selection() {
        return Selection.ascending(Tables.EVENT, "occurred_ms").equal("subject_key", Optional.of(subjectKey));
    }
}
