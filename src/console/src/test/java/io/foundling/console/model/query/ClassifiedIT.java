package io.foundling.console.model.query;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.entry;
import static io.foundling.console.model.ModelRecords.position;
import static io.foundling.console.model.query.Classification.FRESH;
import static io.foundling.console.model.query.Classification.LAST_FAILED;
import static io.foundling.console.model.query.Classification.NEVER_RAN;
import static io.foundling.console.model.query.Classification.STUCK;
import static io.foundling.console.model.query.Classification.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Attempt;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Disposition;
import io.foundling.audit.Entry;
import io.foundling.audit.Freshness;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifiedIT {

    private static final Position START = position(3, 1, 0);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path directory;

    private Position position = START;

    /** As the examples of rule F2, at the limit and one millisecond after it. */
    @ParameterizedTest
    @EnumSource
    void shouldClassifyByRuleF2OnceTheAuditClockIsPastTheLimit(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(
                    database,
                    List.of(
                            scope("never", null, null),
                            scope("stuck", NOON, null),
                            scope("old", null, new Entry(Status.COMPLETED, NOON)),
                            scope("failed", null, new Entry(Status.FAILED, NOON)),
                            scope("running", NOON.plusSeconds(60), new Entry(Status.COMPLETED, NOON)),
                            scope("new", null, new Entry(Status.COMPLETED, NOON.plusSeconds(60)))));

            // When
            clock(database, "0_3", "", NOON.plus(DAY), 0);
            Map<String, Classification> atTheLimit = classified(database, Optional.empty());
            clock(database, "0_3", "", NOON.plus(DAY).plusMillis(1), 0);
            Map<String, Classification> after = classified(database, Optional.empty());

            // Then
            assertThat(atTheLimit)
                    .isEqualTo(Map.of(
                            "never",
                            FRESH,
                            "stuck",
                            FRESH,
                            "old",
                            FRESH,
                            "failed",
                            LAST_FAILED,
                            "running",
                            FRESH,
                            "new",
                            FRESH));
            assertThat(after)
                    .isEqualTo(Map.of(
                            "never",
                            NEVER_RAN,
                            "stuck",
                            STUCK,
                            "old",
                            TOO_OLD,
                            "failed",
                            LAST_FAILED,
                            "running",
                            TOO_OLD,
                            "new",
                            FRESH));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldClassifyForAnyAgeAndByTheSchedulesOfPolicies(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(
                    database,
                    List.of(
                            scope("old", null, new Entry(Status.COMPLETED, NOON)),
                            scope("planned", null, new Entry(Status.COMPLETED, NOON))));
            clock(database, "0_3", "", NOON.plusSeconds(3_601), 0);
            ScopeSchedules schedules =
                    key -> key.endsWith("planned") ? Optional.of(Schedule.every(3_600_000)) : Optional.empty();

            // When
            Map<String, Classification> declared = classified(database, Optional.empty());
            Map<String, Classification> anHour = classified(database, Optional.of(Duration.ofHours(1)));
            Map<String, Classification> planned =
                    classified(database, all(Set.of(), Optional.empty(), schedules, NOON));

            // Then
            assertThat(declared).isEqualTo(Map.of("old", FRESH, "planned", FRESH));
            assertThat(anHour).isEqualTo(Map.of("old", TOO_OLD, "planned", TOO_OLD));
            assertThat(planned).isEqualTo(Map.of("old", FRESH, "planned", TOO_OLD));
        }
    }

    /** The clock of the task of the partition counts, less the delay of the source; a clock of another task does not. */
    @ParameterizedTest
    @EnumSource
    void shouldJudgeByTheClockOfTheTaskAndTheDelayOfTheSource(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, List.of(scope("old", null, new Entry(Status.COMPLETED, NOON))));
            Instant late = NOON.plus(DAY).plusSeconds(60);
            clock(database, "0_1", "", late.plus(DAY), 0);

            // When, then
            assertThat(classified(database, all(Set.of(), Optional.empty(), ScopeSchedules.NONE, NOON)))
                    .containsEntry("old", FRESH);
            assertThat(classified(database, all(Set.of(), Optional.empty(), ScopeSchedules.NONE, late)))
                    .containsEntry("old", TOO_OLD);
            clock(database, "0_3", "", late, 0);
            assertThat(classified(database, Optional.empty())).containsEntry("old", TOO_OLD);
            clock(database, "0_3", "university", late, 60_000);
            assertThat(classified(database, Optional.empty())).containsEntry("old", FRESH);
            clock(database, "0_3", "university", late, 59_999);
            assertThat(classified(database, Optional.empty())).containsEntry("old", TOO_OLD);
        }
    }

    /** Reports of tasks of an earlier version remain, and no clock goes back. */
    @ParameterizedTest
    @EnumSource
    void shouldJudgeByTheLatestClockOfTasksWithTheSameNumber(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, List.of(scope("old", null, new Entry(Status.COMPLETED, NOON))));

            // When
            clock(database, "0_3", "", NOON, 0);
            clock(database, "1_3", "", NOON.plus(DAY).plusSeconds(60), 0);
            clock(database, "2_3", "", NOON, 0);

            // Then
            assertThat(classified(database, Optional.empty())).containsEntry("old", TOO_OLD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCallAScopeStuckThatHasAnActiveWarningWhateverTheClockIs(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            Disposition warned = Disposition.newBuilder(scope("warned", NOON, null))
                    .setMarks(List.of(mark(false)))
                    .build();
            Disposition unknown = Disposition.newBuilder(scope("unknown", NOON, null))
                    .setMarks(List.of(mark(true)))
                    .build();
            clock(database, "0_3", "", NOON, 0);

            // When
            write(database, List.of(warned, unknown));

            // Then
            Page<ClassifiedScope> page = new Queries(database)
                    .page(all(Set.of(STUCK), Optional.empty(), ScopeSchedules.NONE, NOON), Optional.empty(), 10);
            assertThat(page.rows())
                    .extracting(Found::record)
                    .containsExactly(new ClassifiedScope(warned, STUCK, Optional.of(NOON.plusSeconds(65)), NOON));
        }
    }

    /** More than are looked at in one go, of which few fit. */
    @ParameterizedTest
    @EnumSource
    void shouldListEachScopeThatFitsOnceAndCountThem(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(
                    database,
                    IntStream.range(0, 2_500)
                            .mapToObj(i -> scope(
                                    "%04d".formatted(i),
                                    null,
                                    new Entry(i % 500 == 0 ? Status.FAILED : Status.COMPLETED, NOON)))
                            .toList());
            clock(database, "0_3", "", NOON.plusSeconds(1), 0);
            Classified failed = all(Set.of(LAST_FAILED), Optional.empty(), ScopeSchedules.NONE, NOON);
            Queries queries = new Queries(database);
            List<String> listed = new ArrayList<>();

            // When
            Optional<Cursor> next = Optional.empty();
            do {
                Page<ClassifiedScope> page = queries.page(failed, next, 2);
                page.rows()
                        .forEach(row ->
                                listed.add(row.record().scope().getSubject().getId()));
                next = page.next();
            } while (next.isPresent());

            // Then
            assertThat(listed).containsExactly("0000", "0500", "1000", "1500", "2000");
            assertThat(queries.scopes(all(Set.of(), Optional.empty(), ScopeSchedules.NONE, NOON)))
                    .containsExactly(
                            new ScopeCount("university", "declaration", LAST_FAILED, 5),
                            new ScopeCount("university", "declaration", FRESH, 2_495));
            assertThat(queries.scopes(failed))
                    .containsExactly(new ScopeCount("university", "declaration", LAST_FAILED, 5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerTheActiveRunsOfManyScopes(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            Disposition declared = Disposition.newBuilder(scope("declared", NOON.minusSeconds(1), null))
                    .setStatus(Status.PENDING)
                    .build();
            Disposition undeclared = Disposition.newBuilder(scope("undeclared", null, null))
                    .setStatus(Status.PENDING)
                    .setDeclared(false)
                    .setFreshness(null)
                    .setHistory(List.of(new Attempt(
                            1,
                            Status.PENDING,
                            NOON.minusSeconds(9),
                            null,
                            null,
                            List.of(
                                    new Entry(Status.EXPECTED, NOON.minusSeconds(9)),
                                    new Entry(Status.OPEN, NOON.minusSeconds(5)),
                                    new Entry(Status.PENDING, NOON)))))
                    .build();
            Disposition waiting = Disposition.newBuilder(scope("waiting", null, null))
                    .setStatus(Status.EXPECTED)
                    .build();
            write(database, List.of(declared, undeclared, waiting, scope("ended", null, null)));

            // When
            Map<String, ActiveRun> runs = new Queries(database)
                    .activeRuns(List.of(
                            key("declared"), key("undeclared"), key("waiting"), key("ended"), key("none"), "a\0b"));

            // Then
            assertThat(runs)
                    .isEqualTo(Map.of(
                            key("declared"), new ActiveRun(1, NOON.minusSeconds(1), declared),
                            key("undeclared"), new ActiveRun(1, NOON.minusSeconds(5), undeclared)));
        }
    }

    private static OrphanMark mark(boolean isUnknown) {
        return OrphanMark.newBuilder()
                .setAttempt(1)
                .setStatus(Status.COMPLETED)
                .setReason(OrphanReason.DEADLINE_PASSED)
                .setEnteredAt(NOON)
                .setStartsAt(NOON.plusSeconds(60))
                .setRule("dueAt")
                .setDetectedAt(NOON)
                .setUnknown(isUnknown)
                .build();
    }

    private static Disposition scope(String id, Instant activeSince, Entry end) {
        return Disposition.newBuilder(disposition(id, Status.COMPLETED))
                .setSubject(new Subject(SubjectKind.SCOPE, "university", "declaration", id))
                .setParent(null)
                .setDeclared(true)
                .setFreshness(new Freshness(NOON, DAY.toMillis(), activeSince, end))
                .build();
    }

    private static String key(String id) {
        return "scope/university/declaration/" + id;
    }

    private static Map<String, Classification> classified(Database database, Optional<Duration> olderThan) {
        return classified(database, all(Set.of(), olderThan, ScopeSchedules.NONE, NOON));
    }

    private static Map<String, Classification> classified(Database database, Classified question) {
        return new Queries(database)
                .page(question, Optional.empty(), 100).rows().stream()
                        .collect(Collectors.toMap(
                                row -> row.record().scope().getSubject().getId(),
                                row -> row.record().classification()));
    }

    private static Classified all(
            Set<Classification> classifications, Optional<Duration> olderThan, ScopeSchedules schedules, Instant now) {
        return new Classified(StageFilter.ALL, classifications, olderThan, schedules, now);
    }

    private Database begun(TestDatabase kind) {
        Database database = kind.create(directory);
        database.write(handle -> {
            Positions.begin(handle, START, true);
            return null;
        });
        return database;
    }

    private void clock(Database database, String task, String source, Instant clock, long delayMs) {
        ClockReport report = ClockReport.newBuilder()
                .setTask(task)
                .setSource(source)
                .setClock(clock)
                .setDelay(delayMs)
                .setRate(0)
                .setReportedAt(clock)
                .build();
        write(database, Tables.CLOCK, List.of(entry(START, 0, 0, task + "/" + source, report)));
    }

    private void write(Database database, List<Disposition> dispositions) {
        write(
                database,
                Tables.DISPOSITION,
                dispositions.stream()
                        .map(scope -> entry(START, 0, 0, SubjectKey.of(scope.getSubject()), scope))
                        .toList());
    }

    private <T> void write(Database database, Table<T> table, List<io.foundling.console.model.table.Entry<T>> entries) {
        position = new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(table, position, position.nextOffset() + entries.size(), entries, 0, 0))
                .orElseThrow();
    }
}
