package io.foundling.console.model.table;

import io.foundling.audit.Alert;
import java.util.List;
import java.util.function.Function;

/** The columns of {@code alert}. */
final class AlertColumns {

    static final List<Column<Alert>> ALL = List.of(
            Column.name("type", Alert::getType),
            Column.name("status", Alert::getStatus),
            Column.text("source", label("source")),
            Column.text("stage", label("stage")),
            Column.text("severity", label("severity")),
            Column.number("subjects", Alert::getCount),
            Column.time("starts_ms", Alert::getStartsAt),
            Column.time("ends_ms", Alert::getEndsAt));

    private AlertColumns() {}

    private static Function<Alert, String> label(String name) {
        return alert -> alert.getLabels().get(name);
    }
}
