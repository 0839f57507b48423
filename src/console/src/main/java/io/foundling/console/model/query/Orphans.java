package io.foundling.console.model.query;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.console.model.table.Tables;
import java.time.Instant;
import java.util.Optional;

/**
 * The orphans of now, those that have been orphans for longest first.
 *
 * @param since only those that have become orphans since then
 * @param before only those that have been orphans since before then
 */
public record Orphans(
        StageFilter stages,
        Optional<String> parentKey,
        Optional<OrphanReason> reason,
        Optional<Instant> since,
        Optional<Status> status,
        Optional<Instant> before)
        implements Question<OrphanWarning> {

    public Orphans(
            StageFilter stages, Optional<String> parentKey, Optional<OrphanReason> reason, Optional<Instant> since) {
        this(stages, parentKey, reason, since, Optional.empty(), Optional.empty());
    }

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
                .equal("status", status.map(Enum::name))
                .since("starts_ms", since)
                .before("starts_ms", before);
    }
}
