package io.foundling.console.model.query;

import io.foundling.audit.AuditEvent;
import io.foundling.console.model.table.Tables;

/** All events, the last one that was appended first. */
public record Events(StageFilter stages) implements Question<AuditEvent> {

    @Override
    public Selection<AuditEvent> selection() {
        return stages.in(Selection.descending(Tables.EVENT, "appended_ms"));
    }
}
