package io.foundling.console.model.table;

import java.util.List;

/** The columns of {@code dead_letter}. */
final class DeadLetterColumns {

    static final List<Column<Entry<DeadLetter>>> ALL = List.of(
            Column.text(SubjectColumns.KEY, Entry::key),
            Column.text("reason", entry -> entry.value().reason()),
            Column.text("message", entry -> entry.value().message()),
            Column.text("origin_topic", entry -> entry.value().topic()),
            Column.count("origin_partition", entry -> entry.value().partition()),
            Column.number("origin_offset", entry -> entry.value().offset()),
            Column.count("value_size", entry -> entry.value().size()),
            Column.bytes("value", entry -> entry.value().value()));

    private DeadLetterColumns() {}
}
