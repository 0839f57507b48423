package io.foundling.console.model.query;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/** The orphans of now, those that have been orphans for longest first. */
public record Orphans(StageFilter stages, Optional<String> parentKey, Optional<OrphanReason> reason)
        implements Question<OrphanWarning> {

    public static Orphans of(StageFilter stages) {
        return new Orphans(stages, Optional.empty(), Optional.empty());
    }

    @Override
    public Selection<OrphanWarning> selection() {
        return stages.in(Selection.ascending(Tables.ORPHAN, "starts_ms"))
                .equal("parent_key", parentKey)
                .equal("reason", reason.map(Enum::name));
    }
}
