package io.foundling.console.model.query;

import io.foundling.audit.AuditEvent;
import io.foundling.console.model.table.Tables;
import java.time.Instant;
import java.util.Optional;

/**
 * All events, the last one that was appended first.
 *
 * @param fact the name of the body
 * @param since when the first was appended
 * @param until before when the last was appended
 */
public record Events(StageFilter stages, Optional<String> fact, Optional<Instant> since, Optional<Instant> until)
        implements Question<AuditEvent> {

    public Events(StageFilter stages) {
        this(stages, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public Selection<AuditEvent> selection() {
        return stages.in(Selection.descending(Tables.EVENT, "appended_ms"))
                .equal("fact", fact)
                .since("appended_ms", since)
                .before("appended_ms", until);
    }
}
