package io.foundling.console.model.writing;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.entry;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.opened;
import static io.foundling.console.model.ModelRecords.position;
import static io.foundling.console.model.ModelRecords.warning;
import static io.foundling.console.model.TestDatabase.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.ModelRecords;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tallies agree with the rows after each transaction. */
class TallyIT {

    private static final Position START = position(0, 1, 0);
    /** What a reader of all rows counts. */
    private static final String COUNTED =
            "SELECT 'AWAITING/' || (entered_ms - entered_ms % 3600000) || '/' || source ||"
                    + " '/' || stage || '/' || status || '=' || count(*) AS line FROM disposition WHERE awaits"
                    + " GROUP BY entered_ms - entered_ms % 3600000, source, stage, status"
                    + " UNION ALL SELECT CASE WHEN unknown THEN 'UNKNOWN' ELSE 'ORPHAN' END || '/0/' || source || '/' || stage || '/'"
                    + " || reason || '=' || count(*) FROM orphan GROUP BY unknown, source, stage, reason ORDER BY line";

    private static final String TALLIED =
            "SELECT counted || '/' || since_ms || '/' || source || '/' || stage || '/' || name"
                    + " || '=' || amount AS line FROM tally WHERE counted <> 'EVENT' AND amount <> 0 ORDER BY line";

    @TempDir
    private Path directory;

    private Position position = START;

    @ParameterizedTest
    @EnumSource
    void shouldAgreeWithTheRowsWhateverIsWrittenAndRemoved(TestDatabase kind) {
        try (Database database = begun(kind)) {
            Random random = new Random(5);
            for (int round = 0; round < 20; round++) {
                // When
                write(database, Tables.DISPOSITION, dispositions(random));
                write(database, Tables.ORPHAN, warnings(random));

                // Then
                assertThat(values(database, String.class, TALLIED))
                        .isNotEmpty()
                        .isEqualTo(values(database, String.class, COUNTED));
            }
        }
    }

    /** An index of PostgreSQL takes no row that is so long, so the former one goes. */
    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void shouldNotCountAnEntryThatTheDatabaseRefuses(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            Random random = new Random(1);
            String key = text(random, 2_000);
            Disposition good = disposition("1", Status.DEFERRED);
            Disposition tooLong = Disposition.newBuilder(good)
                    .setSubject(new Subject(SubjectKind.RECORD, text(random, 1_000), text(random, 1_000), "1"))
                    .build();
            write(database, Tables.DISPOSITION, List.of(entry(START, 0, 0, key, good), of("2", good)));

            // When
            write(database, Tables.DISPOSITION, List.of(entry(START, 0, 0, key, tooLong)));

            // Then
            assertThat(values(database, Long.class, "SELECT passed_over FROM position"))
                    .containsExactly(1L);
            assertThat(values(database, String.class, TALLIED))
                    .hasSize(1)
                    .isEqualTo(values(database, String.class, COUNTED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountEventsByTheMinuteOfTheirAppendAlsoOnceTheyAreErased(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // When
            write(
                    database,
                    Tables.EVENT,
                    List.of(
                            event(0, 59_999, "1", opened("1")),
                            event(1, 60_000, "1", opened("1")),
                            event(2, 119_999, "2", opened("2"))));
            write(database, Tables.EVENT, List.of(event(3, 120_000, "1", ModelRecords.erased("1"))));

            // Then
            assertThat(values(
                            database,
                            String.class,
                            "SELECT since_ms || '/' || source || '=' || amount FROM tally WHERE counted = 'EVENT'"
                                    + " ORDER BY since_ms"))
                    .containsExactly("0/university=1", "60000/university=2", "120000/university=1");
        }
    }

    private List<Entry<Disposition>> dispositions(Random random) {
        List<Entry<Disposition>> entries = new ArrayList<>();
        Status[] statuses = {Status.DEFERRED, Status.PENDING, Status.COMPLETED};
        for (int i = 0; i < 700; i++) {
            String id = String.valueOf(random.nextInt(900));
            Disposition disposition = Disposition.newBuilder(disposition(id, statuses[random.nextInt(3)]))
                    .setEnteredAt(NOON.plusSeconds(random.nextInt(20_000)))
                    .build();
            entries.add(of(id, random.nextInt(5) == 0 ? null : disposition));
        }
        return entries;
    }

    private List<Entry<OrphanWarning>> warnings(Random random) {
        List<Entry<OrphanWarning>> entries = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String id = String.valueOf(random.nextInt(90));
            OrphanWarning warning = OrphanWarning.newBuilder(warning(id, NOON))
                    .setUnknown(random.nextBoolean())
                    .build();
            entries.add(of(id, random.nextInt(5) == 0 ? null : warning));
        }
        return entries;
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

    private <T> void write(Database database, Table<T> table, List<Entry<T>> entries) {
        position = new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(table, position, position.nextOffset() + entries.size(), entries, 0, 0))
                .orElseThrow();
    }

    private static <T> Entry<T> of(String id, T value) {
        return entry(START, 0, 0, key(id), value);
    }

    private static Entry<AuditEvent> event(long offset, long appendedMs, String id, AuditEvent event) {
        return entry(START, offset, appendedMs, key(id), event);
    }
}
