package io.foundling.console.model.upkeep;

import static io.foundling.console.model.ModelRecords.TOPIC;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.entry;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.opened;
import static io.foundling.console.model.ModelRecords.position;
import static io.foundling.console.model.TestDatabase.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpkeepIT {

    private static final Position FIRST = position(0, 1, 0);

    /** The second reading of a partition that ends at offset 3. */
    private static final Position SECOND = new Position(new TopicPartition(TOPIC, 0), "topic-id", 2, 0, 3, false, 0, 0);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldDeleteWhatANewGenerationDidNotMeetOnceItHasCaughtUp(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.DISPOSITION, FIRST, 3, List.of(of(FIRST, "1"), of(FIRST, "2"), of(FIRST, "3")));
            database.write(handle -> Positions.restart(handle, position(0, 1, 3), SECOND));
            StaleRows stale = new StaleRows(database, Map.of(TOPIC, Tables.DISPOSITION), () -> false);

            // When
            Position half = write(database, Tables.DISPOSITION, SECOND, 2, List.of(of(SECOND, "2")));
            stale.delete();

            // Then
            assertThat(ids(database)).containsExactly("1", "2", "3");

            // When
            write(database, Tables.DISPOSITION, half, 3, List.of());
            stale.delete();

            // Then
            assertThat(ids(database)).containsExactly("2");
            assertThat(database.read(Positions::all)).allMatch(Position::swept);
        }
    }

    /** Its key moved to another partition when the topic was made anew with more of them. */
    @ParameterizedTest
    @EnumSource
    void shouldKeepARowThatAnotherPartitionHasNow(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            Position other = position(5, 1, 0);
            database.write(handle -> {
                Positions.begin(handle, other, true);
                return null;
            });
            write(database, Tables.DISPOSITION, FIRST, 3, List.of(of(FIRST, "1"), of(FIRST, "2")));
            write(database, Tables.DISPOSITION, other, 1, List.of(of(other, "2")));
            database.write(handle -> Positions.restart(handle, position(0, 1, 3), SECOND));

            // When
            write(database, Tables.DISPOSITION, SECOND, 3, List.of());
            new StaleRows(database, Map.of(TOPIC, Tables.DISPOSITION), () -> false).delete();

            // Then
            assertThat(ids(database)).containsExactly("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeleteTheRowsOfPartitionsThatATopicHasNoMore(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.DISPOSITION, FIRST, 1, List.of(of(FIRST, "1")));

            // When
            database.write(handle -> {
                Positions.retire(handle, TOPIC, 0);
                return null;
            });
            new StaleRows(database, Map.of(TOPIC, Tables.DISPOSITION), () -> false).delete();

            // Then
            assertThat(ids(database)).isEmpty();
            assertThat(new Queries(database).topics()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeleteTheOldPartOfTheTrailAndSaySinceWhenItIsComplete(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.EVENT, FIRST, 3_000, events(3_000));

            // When
            new OldTrail(database, Map.of(Tables.EVENT, List.of(TOPIC)), () -> false).deleteBefore(2_500);

            // Then
            assertThat(values(database, Long.class, "SELECT min(appended_ms) FROM event"))
                    .containsExactly(2_500L);
            assertThat(values(database, Long.class, "SELECT complete_since_ms FROM position"))
                    .containsExactly(2_500L);
        }
    }

    @Test
    void shouldDeleteTheOldestPartOfTheTrailWhileAFileIsTooLarge() {
        // Given
        try (Database database = new Database(TestDatabase.SQLITE.settings(directory, 2_000_000))) {
            database.migrate();
            begin(database);
            write(database, Tables.EVENT, FIRST, 8_000, events(8_000));
            assertThat(database.isTooLarge()).isTrue();

            // When
            new OldTrail(database, Map.of(Tables.EVENT, List.of(TOPIC)), () -> false).deleteWhileTooLarge();

            // Then
            assertThat(database.bytes()).isLessThanOrEqualTo(2_000_000).isGreaterThan(900_000);
            assertThat(values(database, Long.class, "SELECT max(appended_ms) FROM event"))
                    .containsExactly(7_999L);
        }
    }

    @Test
    void shouldMakeRoomWithinTheFileWhenTheDiskIsFull() {
        // Given
        try (Database database = new Database(TestDatabase.SQLITE.settings(directory, 16_000_000))) {
            database.migrate();
            begin(database);
            Position position = write(database, Tables.EVENT, FIRST, 20_000, events(20_000));
            long pages = values(database, Long.class, "PRAGMA page_count").get(0);
            database.write(handle -> handle.execute("PRAGMA max_page_count = " + (pages + 1)));
            assertThat(database.isTooLarge()).isFalse();
            List<Entry<AuditEvent>> more = IntStream.range(20_000, 25_000)
                    .mapToObj(i -> entry(FIRST, i, i, key("2"), opened("2")))
                    .toList();
            assertThatThrownBy(() -> write(database, Tables.EVENT, position, 25_000, more))
                    .hasRootCauseInstanceOf(SQLException.class);
            assertThat(database.isTooLarge()).isTrue();

            // When
            new OldTrail(database, Map.of(Tables.EVENT, List.of(TOPIC)), () -> false).deleteWhileTooLarge();

            // Then
            assertThat(database.isTooLarge()).isFalse();
            write(database, Tables.EVENT, position, 25_000, more);
            assertThat(values(database, Long.class, "SELECT max(appended_ms) FROM event"))
                    .containsExactly(24_999L);
        }
    }

    @Test
    void shouldCountTheLogOfChanges() {
        // Given
        try (Database database = new Database(TestDatabase.SQLITE.settings(directory))) {
            database.migrate();
            begin(database);
            database.emptyLog();
            long before = database.bytes();

            // When
            write(database, Tables.EVENT, FIRST, 1, events(1));

            // Then
            assertThat(database.bytes()).isGreaterThan(before);
            assertThat(directory.resolve("model.db-wal").toFile().length()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndAfterTheChunkDuringWhichItIsClosed(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.EVENT, FIRST, 2_500, events(2_500));
            AtomicInteger questions = new AtomicInteger();

            // When
            new OldTrail(database, Map.of(Tables.EVENT, List.of(TOPIC)), () -> questions.incrementAndGet() > 1)
                    .deleteBefore(2_500);

            // Then
            assertThat(values(database, Long.class, "SELECT count(*) FROM event"))
                    .containsExactly(1_500L);
        }
    }

    private Database begun(TestDatabase kind) {
        Database database = kind.create(directory);
        begin(database);
        return database;
    }

    private static void begin(Database database) {
        database.write(handle -> {
            Positions.begin(handle, FIRST, true);
            return null;
        });
    }

    private static <T> Position write(
            Database database, Table<T> table, Position from, long nextOffset, List<Entry<T>> entries) {
        return new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(table, from, nextOffset, entries, 0, 0))
                .orElseThrow();
    }

    private static Entry<Disposition> of(Position position, String id) {
        return entry(position, 0, 0, key(id), disposition(id, Status.OPEN));
    }

    private static List<Entry<AuditEvent>> events(int count) {
        List<Entry<AuditEvent>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(entry(FIRST, i, i, key("1"), opened("1")));
        }
        return events;
    }

    private static List<String> ids(Database database) {
        return values(database, String.class, "SELECT id FROM disposition ORDER BY id");
    }
}
