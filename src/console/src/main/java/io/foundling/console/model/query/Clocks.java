package io.foundling.console.model.query;

import io.foundling.audit.ClockReport;
import io.foundling.console.model.table.Tables;

/** How far each ledger task has come, and the delay of each of its sources. */
public record Clocks() implements Question<ClockReport> {

    @Override
    public Selection<ClockReport> selection() {
        return Selection.ascending(Tables.CLOCK, "key");
    }
}
