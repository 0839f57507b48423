package io.foundling.console.model.upkeep;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.TOPIC;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.entry;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.opened;
import static io.foundling.console.model.ModelRecords.position;
import static io.foundling.console.model.ModelRecords.warning;
import static io.foundling.console.model.TestDatabase.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Status;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.Lock;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplesIT {

    private static final Position START = position(0, 1, 0);
    private static final String SAMPLES =
            "SELECT ((at_ms - 1796040000000) / 1000) || ' ' || source || ' ' || awaiting || ' '"
                    + " || orphans FROM sample ORDER BY at_ms, source";
    private static final String EVENTS = "SELECT ((since_ms - 1796040000000) / 1000) || ' ' || amount FROM tally"
            + " WHERE counted = 'EVENT' ORDER BY since_ms";

    private static final String WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Position position = START;

    @ParameterizedTest
    @EnumSource
    void shouldNoteOnceAMinuteHowMuchThereIs(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            Samples samples = samples(database);
            write(database, Tables.DISPOSITION, NOON, List.of(of("1", disposition("1", Status.DEFERRED))));
            write(database, Tables.ORPHAN, NOON, List.of(of("1", warning("1", NOON))));

            // When
            samples.take(NOON.toEpochMilli());
            samples.take(NOON.plusSeconds(59).toEpochMilli());
            write(database, Tables.DISPOSITION, NOON, List.of(of("1", disposition("1", Status.COMPLETED))));
            write(database, Tables.ORPHAN, NOON, List.of(of("1", null)));
            samples.take(NOON.plusSeconds(61).toEpochMilli());

            // Then
            assertThat(values(database, String.class, SAMPLES))
                    .containsExactly("0  0 0", "0 university 1 1", "60  0 0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNoteNothingWhileTheTopicsAreNotReadUpToNow(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.DISPOSITION, NOON, List.of(of("1", disposition("1", Status.DEFERRED))));

            // When
            samples(database).take(NOON.plusSeconds(181).toEpochMilli());

            // Then
            assertThat(values(database, String.class, SAMPLES)).isEmpty();
        }
    }

    /** Twice, because events that are read late count in a minute again. */
    @ParameterizedTest
    @EnumSource
    void shouldKeepTheFirstSampleOfEachHourAndTheEventsOfAnHourAfterTwoDays(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            Samples samples = samples(database);
            for (int minute : new int[] {5, 6, 61, 119, 120}) {
                sample(database, NOON.plusSeconds(60L * minute));
            }
            write(database, Tables.EVENT, NOON, events(0, 0, 1, 59, 60, 61, 119, 120, 121));

            // When
            samples.shorten(NOON.plus(Duration.ofHours(50)).toEpochMilli());
            write(database, Tables.EVENT, NOON, events(100, 1, 61));
            samples.shorten(NOON.plus(Duration.ofHours(50)).plusSeconds(1).toEpochMilli());

            // Then
            assertThat(values(database, String.class, SAMPLES)).containsExactly("300  0 0", "3660  0 0", "7200  0 0");
            assertThat(values(database, String.class, EVENTS))
                    .containsExactly("0 3", "60 1", "3600 3", "3660 1", "7200 1", "7260 1");

            // When
            samples.shorten(NOON.plus(Duration.ofHours(51)).toEpochMilli());

            // Then
            assertThat(values(database, String.class, EVENTS)).containsExactly("0 4", "3600 4", "7200 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldForgetWhatIsOlderThanTheTrailAndWhatThereIsNothingOf(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            sample(database, NOON);
            sample(database, NOON.plusSeconds(60));
            write(database, Tables.EVENT, NOON, events(0, -120, 0));
            write(database, Tables.DISPOSITION, NOON, List.of(of("1", disposition("1", Status.DEFERRED))));
            write(database, Tables.DISPOSITION, NOON, List.of(of("1", disposition("1", Status.COMPLETED))));

            // When
            samples(database).deleteBefore(NOON.plusSeconds(60).toEpochMilli());

            // Then
            assertThat(values(database, String.class, SAMPLES)).containsExactly("60  0 0");
            assertThat(values(database, String.class, EVENTS)).containsExactly("0 1");
            assertThat(values(database, Long.class, "SELECT count(*) FROM tally WHERE counted <> 'EVENT'"))
                    .containsExactly(0L);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void shouldNotDeleteTalliesThatOthersAreChanging(TestDatabase kind) throws InterruptedException {
        try (Database database = begun(kind)) {
            // Given
            Thread deleting = new Thread(() -> samples(database).deleteBefore(NOON.toEpochMilli()));

            // When
            database.write(handle -> {
                database.lock(handle, Lock.TALLY, false);
                deleting.start();
                await("waits")
                        .atMost(PATIENCE)
                        .until(() -> values(database, Long.class, WAITING).equals(List.of(1L)));
                return null;
            });

            // Then
            deleting.join(PATIENCE.toMillis());
            assertThat(deleting.isAlive()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void shouldLetOnlyOneProcessDoTheUpkeepAtATime(TestDatabase kind) {
        try (Database one = kind.create(directory)) {
            List<Boolean> done = new ArrayList<>();

            // When
            boolean first = one.alone(Lock.UPKEEP, () -> done.add(one.alone(Lock.UPKEEP, () -> done.add(true))));
            boolean later = one.alone(Lock.UPKEEP, () -> done.add(true));

            // Then
            assertThat(first).isTrue();
            assertThat(later).isTrue();
            assertThat(done).containsExactly(false, true);
        }
    }

    private static Samples samples(Database database) {
        return new Samples(database, Set.of(TOPIC), () -> false);
    }

    private static void sample(Database database, Instant at) {
        database.write(handle -> handle.execute(
                "INSERT INTO sample (at_ms, source, stage, awaiting, orphans) VALUES (?, '', '', 0, 0)",
                at.toEpochMilli()));
    }

    private static List<Entry<AuditEvent>> events(long offset, int... minutes) {
        List<Entry<AuditEvent>> events = new ArrayList<>();
        for (int minute : minutes) {
            long appendedMs = NOON.plusSeconds(60L * minute).toEpochMilli();
            events.add(entry(START, offset + events.size(), appendedMs, key("1"), opened("1")));
        }
        return events;
    }

    private Database begun(TestDatabase kind) {
        Database database = kind.create(directory);
        database.write(handle -> {
            Positions.begin(handle, START, true);
            return null;
        });
        return database;
    }

    private <T> void write(Database database, Table<T> table, Instant readThrough, List<Entry<T>> entries) {
        position = new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(
                        table,
                        position,
                        position.nextOffset() + entries.size(),
                        entries,
                        0,
                        readThrough.toEpochMilli()))
                .orElseThrow();
    }

    private static <T> Entry<T> of(String id, T value) {
        return entry(START, 0, 0, key(id), value);
    }
}
