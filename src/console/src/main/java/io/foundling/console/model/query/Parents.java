package io.foundling.console.model.query;

import io.foundling.audit.Disposition;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/** The subjects of a kind that can be a parent, those with the latest news first. */
public record Parents(SubjectKind kind, StageFilter stages) implements Question<Disposition> {

    @Override
    public Selection<Disposition> selection() {
        return stages.in(Selection.descending(Tables.DISPOSITION, "last_ms")
                .where("kind <> 'RECORD'")
                .equal("kind", Optional.of(kind.name())));
    }
}
