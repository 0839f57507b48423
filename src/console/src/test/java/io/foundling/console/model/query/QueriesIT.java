package io.foundling.console.model.query;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.entry;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.opened;
import static io.foundling.console.model.ModelRecords.position;
import static io.foundling.console.model.ModelRecords.violation;
import static io.foundling.console.model.ModelRecords.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.DeadLetter;
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
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueriesIT {

    private static final Position START = position(0, 1, 0);

    @TempDir
    private Path directory;

    private Position position = START;

    /** Several have the same time, so that the key decides. */
    @ParameterizedTest
    @EnumSource
    void shouldListEachRowOnceInOrderWhateverIsWrittenMeanwhile(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(
                    database,
                    Tables.DISPOSITION,
                    IntStream.range(0, 25)
                            .mapToObj(i -> awaiting(i, NOON.plusSeconds(i / 10)))
                            .toList());
            Queries queries = new Queries(database);
            List<String> listed = new ArrayList<>();

            // When
            Optional<Cursor> next = Optional.empty();
            do {
                Page<Disposition> page = queries.page(Awaiting.oldest(StageFilter.ALL), next, 7);
                page.rows().forEach(row -> listed.add(row.record().getSubject().getId()));
                next = page.next().map(Cursor::toString).map(Cursor::parse);
                write(database, Tables.DISPOSITION, List.of(awaiting(listed.size() + 100, NOON.minusSeconds(1))));
            } while (next.isPresent());

            // Then
            assertThat(listed)
                    .isEqualTo(IntStream.range(0, 25).mapToObj(QueriesIT::id).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldListTheLatestFirstWhenAListIsDescending(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            List<Entry<AuditEvent>> events = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                events.add(entry(START, i, i / 4, key(id(i)), opened(id(i))));
            }
            write(database, Tables.EVENT, events);
            Queries queries = new Queries(database);

            // When
            List<String> listed = all(queries, new Events(StageFilter.ALL), 3);

            // Then
            assertThat(listed)
                    .containsExactlyElementsOf(IntStream.range(0, 10)
                            .mapToObj(i -> "audit.topic/0/1/" + (9 - i))
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldListOnlyWhatTheFiltersLetThrough(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(
                    database,
                    Tables.DISPOSITION,
                    List.of(
                            of("1", disposition("1", Status.DEFERRED)),
                            of("2", disposition("2", Status.COMPLETED)),
                            of(
                                    "3",
                                    Disposition.newBuilder(disposition("3", Status.PENDING))
                                            .setDeadline(null)
                                            .setParent(null)
                                            .build())));
            write(database, Tables.ORPHAN, List.of(of("1", warning("1", NOON))));
            Queries queries = new Queries(database);
            StageFilter here = StageFilter.of("university", "declaration");
            Awaiting awaiting = Awaiting.oldest(here);

            // When, then
            assertThat(all(queries, awaiting, 10)).containsExactly(key("1"), key("3"));
            assertThat(all(queries, Awaiting.oldest(StageFilter.of("university", "other")), 10))
                    .isEmpty();
            assertThat(all(
                            queries,
                            new Awaiting(here, Optional.empty(), Optional.empty(), Awaiting.Order.SOONEST_DEADLINE),
                            10))
                    .containsExactly(key("1"));
            assertThat(all(
                            queries,
                            new Awaiting(here, Optional.of(Status.PENDING), Optional.empty(), Awaiting.Order.OLDEST),
                            10))
                    .containsExactly(key("3"));
            assertThat(all(queries, new Awaiting(here, Optional.empty(), Optional.of(NOON), Awaiting.Order.OLDEST), 10))
                    .isEmpty();
            assertThat(all(queries, new Members("batch/university/declaration/b1", Optional.empty()), 10))
                    .containsExactly(key("1"), key("2"));
            assertThat(all(queries, Orphans.of(here), 10)).containsExactly(key("1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerWhatIsKnownOfASubject(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            Disposition disposition = disposition("1", Status.DEFERRED);
            AuditEvent event = opened("1");
            write(database, Tables.DISPOSITION, List.of(of("1", disposition)));
            write(database, Tables.ORPHAN, List.of(of("1", warning("1", NOON))));
            write(database, Tables.EVENT, List.of(of("1", event), entry(START, 1, 0, key("2"), opened("2"))));
            write(database, Tables.VIOLATION, List.of(of("1", violation("1"))));
            Queries queries = new Queries(database);

            // When, then
            assertThat(queries.disposition(key("1"))).contains(disposition);
            assertThat(queries.warning(key("1"))).contains(warning("1", NOON));
            assertThat(queries.disposition(key("2"))).isEmpty();
            assertThat(queries.page(new Trail(key("1")), Optional.empty(), 10).rows())
                    .extracting(Found::record)
                    .containsExactly(event);
            assertThat(all(queries, new Violations(StageFilter.ALL, Optional.empty(), Optional.of(key("1"))), 10))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerDeadLettersAsTheyWereReceived(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            DeadLetter letter = new DeadLetter("WRONG_PARTITION", null, "audit.events", null, 7L, 2, new byte[] {1, 2});
            write(database, Tables.DEAD_LETTER, List.of(of("1", letter)));

            // When
            Page<DeadLetter> page =
                    new Queries(database).page(new DeadLetters(Optional.of("WRONG_PARTITION")), Optional.empty(), 10);

            // Then
            assertThat(page.rows())
                    .extracting(Found::record)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(letter);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayHowFarTopicsWereReadAndSinceWhenTheyAreComplete(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // When
            List<TopicState> topics = new Queries(database).topics();

            // Then
            assertThat(topics).containsExactly(new TopicState("audit.topic", Instant.EPOCH, Instant.EPOCH, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseTheCursorOfAnotherList(TestDatabase kind) {
        try (Database database = begun(kind)) {
            Queries queries = new Queries(database);
            for (String foreign : List.of("", "1", "no-number,key", "1,2,3")) {
                assertThatThrownBy(
                                () -> queries.page(Orphans.of(StageFilter.ALL), Optional.of(Cursor.parse(foreign)), 10))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("must be one that the same list has returned");
            }
        }
    }

    private static <T> List<String> all(Queries queries, Question<T> question, int limit) {
        List<String> keys = new ArrayList<>();
        Optional<Cursor> next = Optional.empty();
        do {
            Page<T> page = queries.page(question, next, limit);
            page.rows().forEach(row -> keys.add(row.key()));
            next = page.next();
        } while (next.isPresent());
        return keys;
    }

    /** The second has only a member that nobody has seen; the third one too many; the fourth is cancelled. */
    @ParameterizedTest
    @EnumSource
    void shouldListTheSettlementsThatAlert(TestDatabase kind) {
        try (Database database = begun(kind)) {
            // Given
            write(
                    database,
                    Tables.SETTLEMENT,
                    List.of(
                            of("1", settlement(2, 2, 0, Status.COMPLETED)),
                            of("2", settlement(3, 2, 1, Status.COMPLETED)),
                            of("3", settlement(1, 2, 0, Status.COMPLETED)),
                            of("4", settlement(3, 2, 1, Status.CANCELLED))));

            // When
            List<String> listed =
                    all(new Queries(database), new Settlements(StageFilter.ALL, Optional.empty(), true), 10);

            // Then
            assertThat(listed).containsExactlyInAnyOrder(key("2"), key("3"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerWithoutAFailureWhenATextHasAZeroCharacter(TestDatabase kind) {
        try (Database database = begun(kind)) {
            Queries queries = new Queries(database);

            assertThat(queries.disposition("a\0b")).isEmpty();
            assertThat(all(queries, new Events(StageFilter.of("a\0b", "c")), 10))
                    .isEmpty();
            assertThatThrownBy(() -> queries.page(
                            new Events(StageFilter.ALL),
                            Optional.of(new Cursor(List.of("1", "a\0b", "1", "1", "1"))),
                            10))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Cursor.parse("%zz"))
                    .hasMessage("cursor is '%zz', must be one that a list has returned");
        }
    }

    private static Settlement settlement(long expected, long deferred, long unseen, Status outcome) {
        return Settlement.newBuilder()
                .setParent(new Subject(SubjectKind.BATCH, "university", "declaration", "b1"))
                .setAttempt(1)
                .setVersion(1)
                .setClosedAt(NOON)
                .setExpected(expected)
                .setDeferred(deferred)
                .setMoved(0)
                .setOrphaned(0)
                .setUnseen(unseen)
                .setOutcome(outcome)
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
        long next = position.nextOffset() + 1;
        position = new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(table, position, next, entries, 0, 0))
                .orElseThrow();
    }

    private static <T> Entry<T> of(String id, T value) {
        return entry(START, 0, 0, key(id), value);
    }

    private static Entry<Disposition> awaiting(int number, Instant entered) {
        return of(
                id(number),
                Disposition.newBuilder(disposition(id(number), Status.DEFERRED))
                        .setEnteredAt(entered)
                        .build());
    }

    private static String id(int number) {
        return "%04d".formatted(number);
    }
}
