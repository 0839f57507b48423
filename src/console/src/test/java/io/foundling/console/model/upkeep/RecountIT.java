package io.foundling.console.model.upkeep;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.entry;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.opened;
import static io.foundling.console.model.ModelRecords.position;
import static io.foundling.console.model.ModelRecords.warning;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecountIT {

    private static final Position START = position(0, 1, 0);
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final String TALLIES =
            "SELECT counted || ' ' || name || ' ' || amount AS line FROM tally WHERE amount <> 0 ORDER BY line";

    @TempDir
    private Path directory;

    private Position at = START;

    @ParameterizedTest
    @EnumSource
    void shouldMendTalliesOnceADayAndLeaveThoseOfEventsAlone(TestDatabase kind) {
        try (Database database = kind.create(directory)) {
            // Given
            TestDatabase.begin(database, START);
            write(
                    database,
                    Tables.DISPOSITION,
                    List.of(
                            entry(START, 0, 0, key("1"), disposition("1", Status.OPEN)),
                            entry(START, 1, 0, key("2"), disposition("2", Status.DEFERRED))));
            write(database, Tables.ORPHAN, List.of(entry(START, 2, 0, key("2"), warning("2", NOON))));
            write(database, Tables.EVENT, List.of(entry(START, 3, 0, key("1"), opened("1"))));
            List<String> right = TestDatabase.values(database, String.class, TALLIES);
            assertThat(right).hasSize(4);
            Recount recount = new Recount(database, 0);
            database.write(handle -> handle.execute("UPDATE tally SET amount = amount + 5 WHERE name = 'OPEN'"));
            database.write(handle -> handle.execute("DELETE FROM tally WHERE counted = 'ORPHAN'"));
            database.write(
                    handle -> handle.execute(
                            "INSERT INTO tally (counted, since_ms, source, stage, name, amount) VALUES ('AWAITING', 0, 'a', 'b', 'OPEN', 1)"));
            List<String> wrong = TestDatabase.values(database, String.class, TALLIES);

            // When
            recount.run(DAY_MS - 1);

            // Then
            assertThat(TestDatabase.values(database, String.class, TALLIES)).isEqualTo(wrong);

            // When
            recount.run(DAY_MS);

            // Then
            assertThat(TestDatabase.values(database, String.class, TALLIES)).isEqualTo(right);
        }
    }

    private <T> void write(Database database, Table<T> table, List<Entry<T>> entries) {
        at = new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(table, at, at.nextOffset() + entries.size(), entries, 0, 0))
                .orElseThrow();
    }
}
