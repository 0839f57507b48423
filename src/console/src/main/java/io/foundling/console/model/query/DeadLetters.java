package io.foundling.console.model.query;

import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/** The dead letters, the latest first. */
public record DeadLetters(Optional<String> reason) implements Question<DeadLetter> {

    @Override
    public Selection<DeadLetter> selection() {
        return Selection.descending(Tables.DEAD_LETTER, "appended_ms").equal("reason", reason);
    }
}
