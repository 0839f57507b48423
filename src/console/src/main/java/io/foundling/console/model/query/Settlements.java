package io.foundling.console.model.query;

import io.foundling.audit.Settlement;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/**
 * The settlements of closed parents, the latest closing first.
 *
 * @param isUnsettled whether only those count that alert (rule A3): members are missing, unseen, unannounced, or more than announced
 */
public record Settlements(StageFilter stages, Optional<String> parentKey, boolean isUnsettled)
        implements Question<Settlement> {

    @Override
    public Selection<Settlement> selection() {
        Selection<Settlement> all =
                stages.in(Selection.descending(Tables.SETTLEMENT, "closed_ms")).equal("parent_key", parentKey);
        return isUnsettled ? all.where("unsettled") : all;
    }
}
