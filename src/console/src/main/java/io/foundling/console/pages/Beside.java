package io.foundling.console.pages;

import java.util.List;
import java.util.Optional;

/** Adds what somebody else knows of the rows of a list. Called on many threads at once. */
@FunctionalInterface
interface Beside {

    Beside NOTHING = (call, rows) -> new Shown(rows, Optional.empty());

    /**
     * What is shown then.
     *
     * @param note a sentence about what is missing
     */
    record Shown(List<Row> rows, Optional<String> note) {}

    Shown of(PageCall call, List<Row> rows);
}
