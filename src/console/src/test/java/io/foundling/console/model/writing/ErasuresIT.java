package io.foundling.console.model.writing;

import static io.foundling.console.model.ModelRecords.entry;
import static io.foundling.console.model.ModelRecords.erased;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.opened;
import static io.foundling.console.model.ModelRecords.position;
import static io.foundling.console.model.ModelRecords.violation;
import static io.foundling.console.model.TestDatabase.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErasuresIT {

    private static final Position START = position(0, 1, 0);
    private static final Duration MEMORY = Duration.ofMillis(1_000);
    private static final String SUBJECTS =
            "SELECT subject_key FROM event UNION ALL SELECT subject_key FROM violation UNION ALL SELECT subject_key FROM"
                    + " dead_letter ORDER BY 1";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldDeleteWhatTheTrailHasOfAnErasedSubject(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.EVENT, 0, List.of(at(0, 10, "1", opened("1")), at(1, 10, "2", opened("2"))));
            write(database, Tables.VIOLATION, 2, List.of(at(2, 10, "1", violation("1"))));
            DeadLetter letter = new DeadLetter("UNREADABLE_VALUE", null, "audit.events", 0, 7L, 1, new byte[1]);
            write(database, Tables.DEAD_LETTER, 3, List.of(at(3, 10, "1", letter)));

            // When
            write(database, Tables.EVENT, 4, List.of(at(4, 20, "1", opened("1")), at(5, 30, "1", erased("1"))));

            // Then
            assertThat(values(database, String.class, SUBJECTS)).containsExactly(key("2"));
            assertThat(values(database, String.class, "SELECT name FROM erasure"))
                    .singleElement()
                    .asString()
                    .doesNotContain("university");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveOutWhatIsAppendedWhileTheLedgerRemembersTheErased(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.EVENT, 0, List.of(at(0, 1_000, "1", erased("1"))));

            // When
            write(
                    database,
                    Tables.EVENT,
                    1,
                    List.of(
                            at(1, 500, "1", opened("1")),
                            at(2, 2_000, "1", opened("1")),
                            at(3, 2_001, "1", opened("1"))));
            write(database, Tables.VIOLATION, 4, List.of(at(4, 2_000, "1", violation("1"))));

            // Then
            assertThat(values(database, Long.class, "SELECT record_offset FROM event"))
                    .containsExactly(3L);
            assertThat(values(database, String.class, "SELECT subject_key FROM violation"))
                    .isEmpty();
        }
    }

    /** The ledger makes a dead letter of it. */
    @ParameterizedTest
    @EnumSource
    void shouldNotObeyAnErasedUnderTheKeyOfAnotherSubject(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.EVENT, 0, List.of(at(0, 10, "1", opened("1"))));

            // When
            write(database, Tables.EVENT, 1, List.of(at(1, 20, "2", erased("1"))));

            // Then
            assertThat(values(database, Long.class, "SELECT record_offset FROM event ORDER BY 1"))
                    .containsExactly(0L, 1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldForgetNoLaterBecauseOfAFurtherErased(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.EVENT, 0, List.of(at(0, 1_000, "1", erased("1")), at(1, 1_500, "1", erased("1"))));

            // When
            write(database, Tables.EVENT, 2, List.of(at(2, 2_001, "1", opened("1"))));

            // Then
            assertThat(values(database, Long.class, "SELECT record_offset FROM event"))
                    .containsExactly(2L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotObeyAnErasedThatTheLedgerRefuses(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(database, Tables.EVENT, 0, List.of(at(0, 10, "1", opened("1"))));
            AuditEvent early = AuditEvent.newBuilder(erased("1"))
                    .setOccurredAt(Instant.parse("1999-12-31T23:59:59Z"))
                    .build();
            AuditEvent unnumbered =
                    AuditEvent.newBuilder(erased("1")).setAttempt(0).build();

            // When
            write(database, Tables.EVENT, 1, List.of(at(1, 20, "1", early), at(2, 20, "1", unnumbered)));

            // Then
            assertThat(values(database, Long.class, "SELECT record_offset FROM event ORDER BY 1"))
                    .containsExactly(0L, 1L, 2L);
        }
    }

    private Database begun(TestDatabase kind) {
        Database database = kind.create(directory);
        database.write(handle -> {
            Positions.begin(handle, START, true);
            return null;
        });
        return database;
    }

    private static <T> void write(Database database, Table<T> table, long from, List<Entry<T>> entries) {
        long next = entries.get(entries.size() - 1).origin().offset() + 1;
        assertThat(new BatchWriter(database, MEMORY)
                        .write(new Batch<>(table, position(0, 1, from), next, entries, 0, 0)))
                .isPresent();
    }

    private static <T> Entry<T> at(long offset, long appendedMs, String id, T value) {
        return entry(START, offset, appendedMs, key(id), value);
    }
}
