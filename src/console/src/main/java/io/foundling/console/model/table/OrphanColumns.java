package io.foundling.console.model.table;

import io.foundling.audit.OrphanWarning;
import java.util.List;
import java.util.stream.Stream;

/** The columns of {@code orphan}. */
final class OrphanColumns {

    static final List<Column<OrphanWarning>> ALL = Stream.of(
                    SubjectColumns.of(OrphanWarning::getSubject),
                    List.<Column<OrphanWarning>>of(
                            Column.subjectKey("parent_key", OrphanWarning::getParent),
                            Column.name("status", OrphanWarning::getStatus),
                            Column.count("attempt", OrphanWarning::getAttempt),
                            Column.name("reason", OrphanWarning::getReason),
                            Column.time("entered_ms", OrphanWarning::getEnteredAt),
                            Column.time("starts_ms", OrphanWarning::getStartsAt),
                            Column.time("detected_ms", OrphanWarning::getDetectedAt),
                            Column.text("rule", OrphanWarning::getRule),
                            Column.flag("incomplete", OrphanWarning::getIncomplete),
                            Column.flag("unknown", OrphanWarning::getUnknown)))
            .flatMap(List::stream)
            .toList();

    private OrphanColumns() {}
}
