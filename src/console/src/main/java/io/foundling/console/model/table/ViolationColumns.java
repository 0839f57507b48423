package io.foundling.console.model.table;

import io.foundling.audit.Violation;
import java.util.List;
import java.util.stream.Stream;

/** The columns of {@code violation}. */
final class ViolationColumns {

    static final List<Column<Violation>> ALL = Stream.of(
                    SubjectColumns.withKey(Violation::getSubject),
                    List.<Column<Violation>>of(
                            Column.name("type", Violation::getType),
                            Column.count("attempt", Violation::getAttempt),
                            Column.text(
                                    "event_id",
                                    violation -> violation.getEventId().toString()),
                            Column.time("occurred_ms", Violation::getOccurredAt),
                            Column.text("service", Violation::getService)))
            .flatMap(List::stream)
            .toList();

    private ViolationColumns() {}
}
