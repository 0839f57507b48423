package io.foundling.console.model.query;

import io.foundling.audit.Disposition;
import io.foundling.console.model.table.Tables;

/** The scopes whose declaration is in force, by their keys. */
public record Scopes(StageFilter stages) implements Question<Disposition> {

    @Override
    public Selection<Disposition> selection() {
        return stages.in(Selection.ascending(Tables.DISPOSITION, "key").where("declared"));
    }
}
