package io.foundling.console.model.table;

import io.foundling.audit.Reconciliation;
import java.util.List;

/** The columns of {@code reconciliation}. */
final class ReconciliationColumns {

    static final List<Column<Reconciliation>> ALL = List.of(
            Column.subjectKey("scope_key", Reconciliation::getScope),
            Column.text("source", reconciliation -> reconciliation.getScope().getSource()),
            Column.text("stage", reconciliation -> reconciliation.getScope().getStage()),
            Column.text("id", reconciliation -> reconciliation.getScope().getId()),
            Column.name(
                    "check_type", reconciliation -> reconciliation.getCheck().getCheckType()),
            Column.name("status", reconciliation -> reconciliation.getCheck().getStatus()),
            Column.text(
                    "run_date",
                    reconciliation -> reconciliation.getCheck().getRunDate().toString()),
            Column.time("occurred_ms", Reconciliation::getOccurredAt));

    private ReconciliationColumns() {}
}
