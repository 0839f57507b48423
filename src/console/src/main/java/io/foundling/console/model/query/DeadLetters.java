package io.foundling.console.model.query;

import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/**
 * The dead letters, the latest first.
 *
 * @param key of the record
 */
public record DeadLetters(Optional<String> reason, Optional<String> key) implements Question<DeadLetter> {

    public DeadLetters(Optional<String> reason) {
        this(reason, Optional.empty());
    }

    @Override
    public Selection<DeadLetter> selection() {
        return Selection.descending(Tables.DEAD_LETTER, "appended_ms")
                .equal("reason", reason)
                .equal("subject_key", key);
    }
}
