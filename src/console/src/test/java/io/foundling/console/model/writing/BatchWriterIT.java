package io.foundling.console.model.writing;

import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.entry;
import static io.foundling.console.model.ModelRecords.event;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.opened;
import static io.foundling.console.model.ModelRecords.position;
import static io.foundling.console.model.TestDatabase.rows;
import static io.foundling.console.model.TestDatabase.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.Opened;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.ModelRecords;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchWriterIT {

    private static final Position START = position(0, 1, 0);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheLastRecordOfEachKeyWhenABatchHasSeveral(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // When
            Optional<Position> moved = write(
                    database,
                    START,
                    4,
                    List.of(
                            of("1", 0, Status.DEFERRED),
                            of("2", 1, Status.OPEN),
                            of("1", 2, Status.COMPLETED),
                            gone("2", 3)));

            // Then
            assertThat(moved).map(Position::nextOffset).contains(4L);
            assertThat(values(database, String.class, "SELECT key || ' ' || status FROM disposition"))
                    .containsExactly(key("1") + " COMPLETED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReplaceAndRemoveRowsOfEarlierBatches(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            Position next = write(database, START, 2, List.of(of("1", 0, Status.OPEN), of("2", 1, Status.OPEN)))
                    .orElseThrow();

            // When
            write(database, next, 4, List.of(of("1", 2, Status.FAILED), gone("2", 3)));

            // Then
            assertThat(rows(database, "SELECT status, awaits, deadline_ms, parent_key FROM disposition"))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.get("status")).isEqualTo("FAILED");
                        assertThat(row.get("awaits")).isIn(false, 0);
                        assertThat(row.get("deadline_ms"))
                                .isEqualTo(ModelRecords.NOON.plusSeconds(60).toEpochMilli());
                        assertThat(row.get("parent_key")).isEqualTo("batch/university/declaration/b1");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteNothingWhenAnotherProcessHasMovedThePosition(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, START, 1, List.of(of("1", 0, Status.OPEN)));

            // When
            Optional<Position> second = write(database, START, 1, List.of(of("1", 0, Status.COMPLETED)));

            // Then
            assertThat(second).isEmpty();
            assertThat(values(database, String.class, "SELECT status FROM disposition"))
                    .containsExactly("OPEN");
        }
    }

    /** The same offset comes back in another generation. */
    @ParameterizedTest
    @EnumSource
    void shouldWriteNothingWhenThePositionIsOfAFormerGeneration(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            database.write(handle -> Positions.restart(handle, START, position(0, 2, 0)));

            // When
            Optional<Position> late = write(database, START, 1, List.of(of("1", 0, Status.OPEN)));

            // Then
            assertThat(late).isEmpty();
            assertThat(rows(database, "SELECT * FROM disposition")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldStoreTextsThatADatabaseWouldRefuse(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            AuditEvent zero = event("1", new Opened());
            zero = AuditEvent.newBuilder(zero)
                    .setSubject(new Subject(SubjectKind.RECORD, "a\0b", "ü".repeat(5_000), "1"))
                    .build();

            // When
            Optional<Position> moved = new BatchWriter(database, Duration.ofDays(7))
                    .write(new Batch<>(Tables.EVENT, START, 1, List.of(entry(START, 0, 10, "key", zero)), 0, 10));

            // Then
            assertThat(moved).isPresent();
            assertThat(values(database, String.class, "SELECT source FROM event"))
                    .containsExactly("a\uFFFDb");
            assertThat(values(database, String.class, "SELECT stage FROM event"))
                    .containsExactly("ü".repeat(512));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountWhatIsPassedOverAndSinceWhenTheTrailIsComplete(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            database.write(handle -> Positions.restart(handle, START, position(0, 1, 100)));
            Position behindGap = position(0, 1, 100);

            // When
            new BatchWriter(database, Duration.ofDays(7))
                    .write(new Batch<>(
                            Tables.EVENT,
                            behindGap,
                            103,
                            List.of(entry(behindGap, 101, 5_000, key("1"), opened("1"))),
                            2,
                            5_000));

            // Then
            assertThat(values(database, Long.class, "SELECT complete_since_ms FROM position"))
                    .containsExactly(5_000L);
            assertThat(values(database, Long.class, "SELECT passed_over FROM position"))
                    .containsExactly(2L);
        }
    }

    /** An index of PostgreSQL takes no row that is so long. */
    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void shouldPassOverARowThatTheDatabaseRefuses(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            Random random = new Random(1);
            Disposition good = disposition("1", Status.DEFERRED);
            Disposition bad = Disposition.newBuilder(good)
                    .setSubject(new Subject(SubjectKind.RECORD, text(random, 1_000), text(random, 1_000), "1"))
                    .build();
            String key = text(random, 2_000);

            // When
            Optional<Position> moved = write(
                    database,
                    START,
                    3,
                    List.of(
                            entry(START, 0, 10, key("1"), good),
                            entry(START, 1, 10, key, bad),
                            entry(START, 2, 10, key("2"), disposition("2", Status.DEFERRED))));

            // Then
            assertThat(moved).map(Position::nextOffset).contains(3L);
            assertThat(values(database, String.class, "SELECT key FROM disposition ORDER BY key"))
                    .containsExactly(key("1"), key("2"));
            assertThat(values(database, Long.class, "SELECT passed_over FROM position"))
                    .containsExactly(1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameNoValuesWhenRowsCannotBeWritten(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            List<Entry<AuditEvent>> twice = List.of(
                    entry(START, 0, 10, key("s3cret"), opened("s3cret")),
                    entry(START, 0, 10, key("s3cret"), opened("s3cret")));

            // When
            Throwable failed = catchThrowable(() -> new BatchWriter(database, Duration.ofDays(7))
                    .write(new Batch<>(Tables.EVENT, START, 1, twice, 0, 10)));

            // Then
            assertThat(failed).isInstanceOf(RowsNotWrittenException.class);
            assertThat(Throwables.getStackTrace(failed)).doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameNoValuesWhenAQuestionFails(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // When
            Throwable failed = catchThrowable(() ->
                    database.read(handle -> handle.createQuery("SELECT nothing FROM position WHERE topic = :topic")
                            .bind("topic", "s3cret")
                            .mapTo(String.class)
                            .list()));

            // Then
            assertThat(Throwables.getStackTrace(failed)).contains("nothing").doesNotContain("s3cret");
        }
    }

    private static String text(Random random, int length) {
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private Database begun(TestDatabase kind) {
        Database database = kind.create(directory);
        database.write(handle -> {
            Positions.begin(handle, START, true);
            return null;
        });
        return database;
    }

    private static Optional<Position> write(
            Database database, Position from, long nextOffset, List<Entry<Disposition>> entries) {
        return new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(Tables.DISPOSITION, from, nextOffset, entries, 0, 10));
    }

    private static Entry<Disposition> of(String id, long offset, Status status) {
        return entry(START, offset, 10, key(id), disposition(id, status));
    }

    private static Entry<Disposition> gone(String id, long offset) {
        return entry(START, offset, 10, key(id), null);
    }
}
