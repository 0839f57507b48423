package io.foundling.console.model.query;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/**
 * The subjects whose parent is this one at present, by their keys.
 *
 * @param isAwaiting whether only those count that are not back
 */
public record Members(String parentKey, Optional<Status> status, boolean isAwaiting, StageFilter stages)
        implements Question<Disposition> {

    public Members(String parentKey, Optional<Status> status) {
        this(parentKey, status, false, StageFilter.ALL);
    }

    @Override
    public Selection<Disposition> selection() {
        Selection<Disposition> members = stages.in(Selection.ascending(Tables.DISPOSITION, "key"))
                .equal("parent_key", Optional.of(parentKey))
                .equal("status", status.map(Enum::name));
        return isAwaiting ? members.where("awaits") : members;
    }
}
