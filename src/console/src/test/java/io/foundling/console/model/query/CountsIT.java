package io.foundling.console.model.query;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.entry;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.opened;
import static io.foundling.console.model.ModelRecords.position;
import static io.foundling.console.model.ModelRecords.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CountsIT {

    private static final Position START = position(0, 1, 0);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private Position position = START;

    @ParameterizedTest
    @EnumSource
    void shouldCountWhatAwaitsByStatusAndAge(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(
                    database,
                    Tables.DISPOSITION,
                    List.of(
                            of("1", awaiting("1", "university", NOON.plusSeconds(1))),
                            of("2", awaiting("2", "university", NOON.minus(Duration.ofHours(3)))),
                            of("3", awaiting("3", "university", NOON.minus(Duration.ofDays(3)))),
                            of("4", awaiting("4", "library", NOON.minus(Duration.ofDays(3)))),
                            of("5", disposition("5", Status.COMPLETED))));
            List<Duration> ages = List.of(HOUR, Duration.ofDays(1));

            // When
            CurrentCounts all = new Queries(database).counts(new Counts(StageFilter.ALL, ages, NOON.plus(HOUR)));
            CurrentCounts library =
                    new Queries(database).counts(new Counts(StageFilter.of("library", "declaration"), List.of(), NOON));

            // Then
            assertThat(all.awaiting())
                    .containsExactly(
                            new AwaitingCount("library", "declaration", Status.DEFERRED, List.of(0L, 0L, 1L)),
                            new AwaitingCount("university", "declaration", Status.DEFERRED, List.of(1L, 1L, 1L)));
            assertThat(library.awaiting())
                    .containsExactly(new AwaitingCount("library", "declaration", Status.DEFERRED, List.of(1L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveOutWhatAwaitsNoMore(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.DISPOSITION, List.of(of("1", awaiting("1", "university", NOON))));
            write(database, Tables.DISPOSITION, List.of(of("1", disposition("1", Status.COMPLETED))));
            write(database, Tables.ORPHAN, List.of(of("1", warning("1", NOON))));
            write(database, Tables.ORPHAN, List.of(of("1", (OrphanWarning) null)));

            // When
            CurrentCounts counts = new Queries(database).counts(new Counts(StageFilter.ALL, List.of(HOUR), NOON));

            // Then
            assertThat(counts).isEqualTo(new CurrentCounts(List.of(), List.of(), List.of()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountOrphansByReasonAndAlertsThatFireByType(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(
                    database,
                    Tables.ORPHAN,
                    List.of(
                            of("1", warning("1", NOON)),
                            of("2", warning("2", NOON)),
                            of(
                                    "3",
                                    OrphanWarning.newBuilder(warning("3", NOON))
                                            .setUnknown(true)
                                            .build())));
            write(
                    database,
                    Tables.ALERT,
                    List.of(
                            of("a", alert(AlertStatus.FIRING, 7)),
                            of("b", alert(AlertStatus.FIRING, 2)),
                            of("c", alert(AlertStatus.RESOLVED, 0))));

            // When
            CurrentCounts counts = new Queries(database).counts(new Counts(StageFilter.ALL, List.of(), NOON));

            // Then
            assertThat(counts.orphans())
                    .containsExactly(new OrphanCount("university", "declaration", OrphanReason.DEADLINE_PASSED, 2, 1));
            assertThat(counts.alerts()).containsExactly(new AlertCount(AlertType.ORPHANED, 2, 9));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountOverTimeWithoutAFigureWhereNobodyCounted(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(
                    database,
                    Tables.EVENT,
                    List.of(
                            entry(START, 0, NOON.toEpochMilli(), key("1"), opened("1")),
                            entry(START, 1, NOON.plusSeconds(59).toEpochMilli(), key("2"), opened("2")),
                            entry(START, 2, NOON.plusSeconds(120).toEpochMilli(), key("3"), opened("3"))));
            sample(database, NOON, "", "", 0, 0);
            sample(database, NOON, "university", "declaration", 5, 2);
            sample(database, NOON, "library", "loan", 3, 1);
            sample(database, NOON.plusSeconds(120), "", "", 0, 0);
            Queries queries = new Queries(database);
            Instant until = NOON.plusSeconds(180);

            // When
            List<CountsAt> all = queries.counts(CountsOverTime.of(StageFilter.ALL, NOON, until, until));
            List<CountsAt> one =
                    queries.counts(CountsOverTime.of(StageFilter.of("library", "loan"), NOON, until, until));
            List<CountsAt> hours = queries.counts(new CountsOverTime(StageFilter.ALL, NOON, until, HOUR));

            // Then
            assertThat(all).extracting(CountsAt::events).containsExactly(2L, 0L, 1L);
            assertThat(all)
                    .extracting(CountsAt::level)
                    .containsExactly(
                            Optional.of(new CountsAt.Level(8, 3)),
                            Optional.empty(),
                            Optional.of(new CountsAt.Level(0, 0)));
            assertThat(one).extracting(CountsAt::events).containsExactly(0L, 0L, 0L);
            assertThat(one.get(0).level()).contains(new CountsAt.Level(3, 1));
            assertThat(hours).containsExactly(new CountsAt(NOON, HOUR, Optional.of(new CountsAt.Level(8, 3)), 3));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void shouldRefuseStepsAndAgesThatMakeNoSense(TestDatabase kind) {
        assertThatThrownBy(() -> new CountsOverTime(StageFilter.ALL, NOON, NOON, HOUR))
                .hasMessageContaining("must be in this order");
        assertThatThrownBy(() ->
                        new CountsOverTime(StageFilter.ALL, NOON, NOON.plus(Duration.ofDays(8)), HOUR.dividedBy(60)))
                .hasMessageContaining("at most 10000 steps apart");
        assertThatThrownBy(() -> new CountsOverTime(StageFilter.ALL, NOON, NOON.plus(HOUR), Duration.ofMinutes(7)))
                .hasMessageStartingWith("step is PT7M, must be");
        assertThatThrownBy(() -> new Counts(StageFilter.ALL, List.of(HOUR, HOUR), NOON))
                .hasMessageContaining("in ascending order");
    }

    private static void sample(
            Database database, Instant at, String source, String stage, long awaiting, long orphans) {
        database.write(handle -> handle.execute(
                "INSERT INTO sample (at_ms, source, stage, awaiting, orphans) VALUES (?, ?, ?, ?, ?)",
                at.toEpochMilli(),
                source,
                stage,
                awaiting,
                orphans));
    }

    private static Disposition awaiting(String id, String source, Instant entered) {
        return Disposition.newBuilder(disposition(id, Status.DEFERRED))
                .setSubject(new Subject(SubjectKind.RECORD, source, "declaration", id))
                .setEnteredAt(entered)
                .build();
    }

    private static Alert alert(AlertStatus status, long count) {
        return Alert.newBuilder()
                .setType(AlertType.ORPHANED)
                .setStatus(status)
                .setCount(count)
                .setLabels(Map.of("source", "university"))
                .setAnnotations(Map.of())
                .setStartsAt(NOON)
                .build();
    }

    private Database begun(TestDatabase kind) {
        Database database = kind.create(directory);
        database.write(handle -> {
            Positions.begin(handle, START, true);
            return null;
        });
        return database;
    }

    private <T> void write(Database database, Table<T> table, List<Entry<T>> entries) {
        position = new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(table, position, position.nextOffset() + entries.size(), entries, 0, 0))
                .orElseThrow();
    }

    private static <T> Entry<T> of(String id, T value) {
        return entry(START, 0, 0, key(id), value);
    }
}
