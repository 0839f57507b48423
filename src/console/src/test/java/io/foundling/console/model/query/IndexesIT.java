package io.foundling.console.model.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A list that is long is read in the order of an index, from the cursor on, and never sorted, apart from rows of the trail that were appended in the same millisecond.
 */
class IndexesIT {

    private static final StageFilter HERE = StageFilter.of("university", "declaration");

    private static final StageFilter SOURCE = new StageFilter(Optional.of("university"), Optional.empty());

    private static final StageFilter STAGE = new StageFilter(Optional.empty(), Optional.of("declaration"));

    @TempDir
    private Path directory;

    static Stream<Arguments> shouldReadTheRowsInTheOrderOfAnIndex() {
        return Stream.of(
                Arguments.of(Awaiting.oldest(StageFilter.ALL), "disposition_awaiting_by_age"),
                Arguments.of(Awaiting.oldest(HERE), "disposition_awaiting_of_stage_by_age"),
                Arguments.of(
                        new Awaiting(HERE, Optional.of(Status.PENDING), Optional.empty(), Awaiting.Order.OLDEST),
                        "disposition_awaiting_of_stage_and_status_by_age"),
                Arguments.of(soonest(StageFilter.ALL), "disposition_awaiting_by_deadline"),
                Arguments.of(soonest(HERE), "disposition_awaiting_of_stage_by_deadline"),
                Arguments.of(soonest(SOURCE), "disposition_awaiting_of_source_by_deadline"),
                Arguments.of(Orphans.of(StageFilter.ALL), "orphan_by_start"),
                Arguments.of(Orphans.of(HERE), "orphan_of_stage_by_start"),
                Arguments.of(new Members("batch/a/b/1", Optional.empty()), "disposition_members"),
                Arguments.of(new Parents(SubjectKind.BATCH, StageFilter.ALL), "disposition_parents"),
                Arguments.of(new Settlements(HERE, Optional.empty(), true), "settlement_unsettled_of_stage_by_closing"),
                Arguments.of(
                        new Settlements(StageFilter.ALL, Optional.empty(), true), "settlement_unsettled_by_closing"),
                Arguments.of(new Settlements(HERE, Optional.empty(), false), "settlement_of_stage_by_closing"),
                Arguments.of(Awaiting.oldest(SOURCE), "disposition_awaiting_of_source_by_age"),
                Arguments.of(Orphans.of(SOURCE), "orphan_of_source_by_start"),
                Arguments.of(
                        new Orphans(StageFilter.ALL, Optional.of("batch/a/b/1"), Optional.empty()), "orphan_members"),
                Arguments.of(
                        new Orphans(StageFilter.ALL, Optional.empty(), Optional.of(OrphanReason.PARENT_CLOSED)),
                        "orphan_of_reason_by_start"),
                Arguments.of(Awaiting.oldest(STAGE), "disposition_awaiting_in_any_source_by_age"),
                Arguments.of(Orphans.of(STAGE), "orphan_in_any_source_by_start"),
                Arguments.of(new Events(STAGE), "event_in_any_source_by_append"),
                Arguments.of(new Scopes(StageFilter.ALL), "disposition_declared"),
                Arguments.of(new Events(StageFilter.ALL), "event_by_append"),
                Arguments.of(new Events(HERE), "event_of_stage_by_append"),
                Arguments.of(new Trail("record/a/b/1"), "event_of_subject"),
                Arguments.of(
                        new Violations(StageFilter.ALL, Optional.empty(), Optional.empty()), "violation_by_append"),
                Arguments.of(new Violations(HERE, Optional.empty(), Optional.empty()), "violation_of_stage_by_append"),
                Arguments.of(new DeadLetters(Optional.empty()), "dead_letter_by_append"),
                Arguments.of(new DeadLetters(Optional.of("UNREADABLE_VALUE")), "dead_letter_of_reason_by_append"),
                Arguments.of(new Alerts(Optional.empty(), Optional.empty(), StageFilter.ALL), "alert_by_start"),
                Arguments.of(
                        new Alerts(Optional.of(AlertStatus.FIRING), Optional.empty(), StageFilter.ALL),
                        "alert_of_status_by_start"),
                Arguments.of(
                        new Reconciliations(StageFilter.ALL, Optional.empty(), Optional.empty()),
                        "reconciliation_by_date"));
    }

    @ParameterizedTest
    @MethodSource
    void shouldReadTheRowsInTheOrderOfAnIndex(Question<?> question, String index) {
        try (Database database = TestDatabase.SQLITE.create(directory)) {
            // Given
            Selection<?> selection = question.selection();
            Cursor cursor =
                    new Cursor(selection.order().stream().map(column -> "1").toList());

            // When
            String plan = database.read(handle -> {
                var query = handle.createQuery("EXPLAIN QUERY PLAN " + selection.sql(true));
                selection.bind(query, Optional.of(cursor), 100);
                return query.map((row, context) -> row.getString("detail")).stream()
                        .collect(Collectors.joining("; "));
            });

            // Then
            assertThat(plan).contains("USING INDEX " + index + " (").doesNotContain("TEMP B-TREE FOR ORDER BY");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disposition WHERE awaits AND parent_key = :a AND (entered_ms, key) > (:b, :c) ORDER BY entered_ms, key"
                        + " | INDEX disposition_awaiting_members_by_age",
                "event WHERE fact = :a AND appended_ms < :b ORDER BY appended_ms DESC | INDEX event_of_fact_by_append",
                "tally WHERE counted = 'EVENT' AND since_ms >= :a AND since_ms < :b ORDER BY since_ms"
                        + " | PRIMARY KEY"
            })
    void shouldHaveAnIndexForWhatIsAskedToo(String rows, String index) {
        try (Database database = TestDatabase.SQLITE.create(directory)) {
            // When
            String plan = database.read(handle -> handle
                    .createQuery("EXPLAIN QUERY PLAN SELECT * FROM " + rows + " LIMIT 100")
                    .bindMap(Map.of("a", "1", "b", 1, "c", "1"))
                    .map((row, context) -> row.getString("detail"))
                    .stream()
                    .collect(Collectors.joining("; ")));

            // Then
            assertThat(plan).contains("USING " + index + " (").doesNotContain("TEMP B-TREE FOR ORDER BY");
        }
    }

    private static Awaiting soonest(StageFilter stages) {
        return new Awaiting(stages, Optional.empty(), Optional.empty(), Awaiting.Order.SOONEST_DEADLINE);
    }
}
