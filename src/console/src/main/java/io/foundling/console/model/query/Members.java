package io.foundling.console.model.query;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/** The subjects whose parent is this one at present, by their keys. */
public record Members(String parentKey, Optional<Status> status) implements Question<Disposition> {

    @Override
    public Selection<Disposition> selection() {
        return Selection.ascending(Tables.DISPOSITION, "key")
                .equal("parent_key", Optional.of(parentKey))
                .equal("status", status.map(Enum::name));
    }
}
