package io.foundling.console.model.query;

import io.foundling.audit.ClockReport;
import io.foundling.console.model.table.Tables;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How far each ledger task has come, and the delay of each of its sources.
 *
 * @param sources only reports about these, and about tasks; none: all
 */
public record Clocks(Optional<Set<String>> sources) implements Question<ClockReport> {

    /** The source in a report about the task itself. */
    private static final String TASK = "";

    public Clocks() {
        this(Optional.empty());
    }

    @Override
    public Selection<ClockReport> selection() {
        return Selection.ascending(Tables.CLOCK, "key").among("source", sources.map(given -> {
            Set<String> withTasks = new HashSet<>(given);
            withTasks.add(TASK);
            return withTasks;
        }));
    }
}
