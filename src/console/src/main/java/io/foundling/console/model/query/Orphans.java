package io.foundling.console.model.query;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.console.model.table.Tables;
import java.time.Instant;
import java.util.Optional;

/**
 * The orphans of now, those that have been orphans for longest first.
 *
 * @param since only those that have become orphans since then
 */
public record Orphans(
        StageFilter stages, Optional<String> parentKey, Optional<OrphanReason> reason, Optional<Instant> since)
        implements Question<OrphanWarning> {

    public Orphans(StageFilter stages, Optional<String> parentKey, Optional<OrphanReason> reason) {
        this(stages, parentKey, reason, Optional.empty());
    }

    public static Orphans of(StageFilter stages) {
        return new Orphans(stages, Optional.empty(), Optional.empty());
    }

    @Override
    public Selection<OrphanWarning> selection() {
        return stages.in(Selection.ascending(Tables.ORPHAN, "starts_ms"))
                .equal("parent_key", parentKey)
                .equal("reason", reason.map(Enum::name))
                .since("starts_ms", since);
    }
}
