package io.foundling.console.model.query;

import io.foundling.audit.CheckStatus;
import io.foundling.audit.Reconciliation;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/** The results of checks, the latest run date first. */
public record Reconciliations(StageFilter stages, Optional<String> scopeKey, Optional<CheckStatus> status)
        implements Question<Reconciliation> {

    @Override
    public Selection<Reconciliation> selection() {
        return stages.in(Selection.descending(Tables.RECONCILIATION, "run_date"))
                .equal("scope_key", scopeKey)
                .equal("status", status.map(Enum::name));
    }
}
