package io.foundling.console.model.query;

import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/** The violations, the latest first. */
public record Violations(StageFilter stages, Optional<ViolationType> type, Optional<String> subjectKey)
        implements Question<Violation> {

    @Override
    public Selection<Violation> selection() {
        return stages.in(Selection.descending(Tables.VIOLATION, "appended_ms"))
                .equal("type", type.map(Enum::name))
                .equal("subject_key", subjectKey);
    }
}
