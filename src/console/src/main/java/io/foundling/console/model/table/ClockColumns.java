package io.foundling.console.model.table;

import io.foundling.audit.ClockReport;
import java.util.List;

/** The columns of {@code clock}. */
final class ClockColumns {

    static final List<Column<ClockReport>> ALL = List.of(
            Column.text("task", ClockReport::getTask),
            Column.text("source", ClockReport::getSource),
            Column.time("clock_ms", ClockReport::getClock),
            Column.number("delay_ms", ClockReport::getDelay),
            Column.number("held", ClockReport::getHeld),
            Column.time("reported_ms", ClockReport::getReportedAt));

    private ClockColumns() {}
}
