package io.foundling.topology.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.foundling.audit.Status;
import io.foundling.topology.harness.Names;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.LedgerStore.TallyKey;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Subjects, their expiry index and their tallies. Proves rules L9, L19, R5, T18 and T19. */
final class LedgerStoreTest {

    private static final TallyKey STAGE = new TallyKey("university", "declaration");

    private final KeyValueStore<Bytes, byte[]> bytes =
            Stores.inMemoryKeyValueStore("ledger-store").get();
    private final LedgerStore store = new LedgerStore(bytes, Names.limit());

    @Test
    void shouldGiveDueEntriesInOrderOfTimeWhenTheyWereWrittenInAnother() {
        // Given
        save("a", 300);
        save("b", -100);
        save("c", 200);

        // When
        List<Expiry> due = store.due(301, 10);

        // Then
        assertThat(due).extracting(Expiry::subjectKey).containsExactly("b", "c", "a");
        assertThat(due).extracting(Expiry::dueMs).containsExactly(-100L, 200L, 300L);
    }

    @Test
    void shouldNotGiveAnEntryThatIsDueExactlyAtTheClock() {
        // Given
        save("a", 300);

        // When
        List<Expiry> due = store.due(300, 10);

        // Then
        assertThat(due).isEmpty();
        assertThat(store.isAnyDue(300)).isFalse();
        assertThat(store.isAnyDue(301)).isTrue();
    }

    @Test
    void shouldGiveNoMoreThanTheLimitAndTheRestLater() {
        // Given
        save("a", 100);
        save("b", 100);
        save("c", 100);

        // When
        List<Expiry> first = store.due(500, 2);
        first.forEach(this::settle);
        store.endSweep(500);

        // Then
        assertThat(first).extracting(Expiry::subjectKey).containsExactly("a", "b");
        assertThat(store.isAnyDue(500)).isTrue();
        assertThat(store.due(500, 2)).extracting(Expiry::subjectKey).containsExactly("c");
    }

    @Test
    void shouldWriteAnEntryAtTheCursorWhenItIsDueBeforeIt() {
        // Given
        sweep(1_000);

        // When
        save("a", 10);

        // Then
        assertThat(store.load("a").indexedAtMs()).isEqualTo(999);
        assertThat(store.due(1_000, 10)).extracting(Expiry::subjectKey).containsExactly("a");
    }

    @Test
    void shouldKeepAnEntryThatASweepWritesBehindItself() {
        // Given
        save("a", 100);
        Expiry due = store.due(1_000, 10).get(0);

        // When
        store.save(due, STAGE, store.load("a"), awaiting(), false, 50);
        store.endSweep(1_000);

        // Then
        assertThat(store.isAnyDue(1_001)).isTrue();
        assertThat(store.due(1_001, 10)).extracting(Expiry::subjectKey).containsExactly("a");
    }

    @Test
    void shouldFindEverythingAgainWhenItIsOpenedAnew() {
        // Given
        save("a", 100);
        sweep(1_000);
        save("b", 10);
        save("c", 2_000);

        // When
        LedgerStore reopened = new LedgerStore(bytes, Names.limit());

        // Then
        assertThat(reopened.isAnyDue(999)).isFalse();
        assertThat(reopened.isAnyDue(1_000)).isTrue();
        assertThat(reopened.due(3_000, 10)).extracting(Expiry::subjectKey).containsExactly("b", "c");
        assertThat(reopened.drainChangedTallies()).isEqualTo(Map.of(STAGE, new Tally(3, 3, 0, 0, 0, 0, 0, 0)));
    }

    @Test
    void shouldMoveAnEntryEarlierAndNeverLaterOrAway() {
        // Given
        save("a", 500);

        // When
        save("a", 900);
        save("a", Times.NEVER);
        long before = store.load("a").indexedAtMs();
        save("a", 200);

        // Then
        assertThat(before).isEqualTo(500);
        assertThat(store.load("a").indexedAtMs()).isEqualTo(200);
        assertThat(store.due(1_000, 10)).extracting(Expiry::dueMs).containsExactly(200L);
    }

    @Test
    void shouldMarkAnEntryThatWasPutBack() {
        // Given
        save("a", 100);
        Expiry due = store.due(1_000, 10).get(0);

        // When
        store.putBack(due, 2_000);
        store.endSweep(1_000);

        // Then
        assertThat(due.kind()).isEqualTo(Expiry.Kind.SUBJECT);
        assertThat(store.due(1_999, 10)).isEmpty();
        assertThat(store.due(2_001, 10))
                .singleElement()
                .extracting(Expiry::subjectKey, Expiry::dueMs, Expiry::kind)
                .containsExactly("a", 2_000L, Expiry.Kind.PUT_BACK);
    }

    @Test
    void shouldCountWhereSubjectsMove() {
        // Given
        save("a", Times.NEVER);
        save("b", Times.NEVER);
        store.drainChangedTallies();

        // When
        store.save("a", STAGE, store.load("a"), Dispositions.of(Status.COMPLETED, Times.NEVER), false, Times.NEVER);
        store.save("b", STAGE, store.load("b"), Dispositions.of(Status.RETIRED, Times.NEVER), false, Times.NEVER);

        // Then
        assertThat(store.drainChangedTallies()).isEqualTo(Map.of(STAGE, new Tally(2, 0, 1, 1, 0, 0, 0, 0)));
        assertThat(store.drainChangedTallies()).isEmpty();
        store.save("a", STAGE, store.load("a"), Dispositions.of(Status.COMPLETED, 5), false, Times.NEVER);
        assertThat(store.drainChangedTallies()).isEqualTo(Map.of(STAGE, new Tally(2, 0, 0, 1, 1, 0, 0, 0)));
    }

    /** A producer that puts a time into its stage makes up a stage an event. */
    @Test
    void shouldCountStagesBeyondTheBoundTogetherAlsoAfterARestart() {
        // Given
        for (int i = 0; i < Names.DEFAULT + 5; i++) {
            save(store, i, Status.DEFERRED);
        }

        // When
        LedgerStore reopened = new LedgerStore(bytes, Names.limit());
        save(reopened, 3, Status.COMPLETED);
        save(reopened, Names.DEFAULT + 3, Status.COMPLETED);

        // Then
        Map<TallyKey, Tally> tallies = reopened.drainChangedTallies();
        assertThat(tallies)
                .hasSize(Names.DEFAULT + 1)
                .containsEntry(new TallyKey("s", "3"), new Tally(1, 0, 1, 0, 0, 0, 0, 0))
                .containsEntry(new TallyKey("", ""), new Tally(5, 4, 1, 0, 0, 0, 0, 0));
    }

    private static void save(LedgerStore store, int stage, Status status) {
        Disposition state = Dispositions.of(status, Times.NEVER);
        String id = "record/s/" + stage;
        store.save(id, new TallyKey("s", "" + stage), store.load(id), state, false, Times.NEVER);
    }

    @Test
    void shouldNotCountASubjectWithoutStatus() {
        // When
        store.save("a", STAGE, store.load("a"), Disposition.NONE, false, 100);

        // Then
        assertThat(store.drainChangedTallies()).isEmpty();
    }

    @Test
    void shouldKeepASubjectCountedAsRemovedWhenItIsForgotten() {
        // Given
        store.save("a", STAGE, store.load("a"), Dispositions.of(Status.COMPLETED, 5), false, 100);
        Expiry due = store.due(1_000, 10).get(0);

        // When
        store.forget(due, STAGE, store.load("a"));

        // Then
        assertThat(store.load("a").state()).isEqualTo(Disposition.NONE);
        assertThat(store.due(1_000, 10)).isEmpty();
        assertThat(store.drainChangedTallies())
                .isEqualTo(Map.of(STAGE, Tally.NONE, new TallyKey("", ""), new Tally(1, 0, 0, 0, 1, 0, 0, 1)));
    }

    @Test
    void shouldDropOnlyTheIndexEntry() {
        // Given
        save("a", 100);
        Expiry due = store.due(1_000, 10).get(0);

        // When
        store.drop(due);

        // Then
        assertThat(store.due(1_000, 10)).isEmpty();
        assertThat(store.load("a").state()).isEqualTo(awaiting());
    }

    @Test
    void shouldGoOnWithTheRestOfAnInstantWhenItIsOpenedAnew() {
        // Given
        save("a", 100);
        save("b", 100);
        save("c", 100);
        store.due(1_000, 2).forEach(this::settle);
        store.endSweep(1_000);

        // When
        LedgerStore reopened = new LedgerStore(bytes, Names.limit());

        // Then
        assertThat(reopened.isAnyDue(101)).isTrue();
        assertThat(reopened.due(1_000, 10)).extracting(Expiry::subjectKey).containsExactly("c");
    }

    @Test
    void shouldNotMissAnEntryOfTheInstantInTheMiddleOfWhichTheCursorIs() {
        // Given
        save("b", 100);
        save("c", 100);
        store.due(1_000, 1).forEach(this::settle);
        store.endSweep(1_000);

        // When
        save("a", 100);
        save("d", 100);
        save("e", 99);

        // Then
        assertThat(store.due(1_000, 10))
                .extracting(Expiry::subjectKey, Expiry::dueMs)
                .containsExactly(tuple("c", 100L), tuple("d", 100L), tuple("e", 100L), tuple("a", 101L));
    }

    @Test
    void shouldGiveWhatWasNotDealtWithAgain() {
        // Given
        save("a", 100);
        save("b", 100);
        settle(store.due(1_000, 10).get(0));

        // When
        store.endSweep(1_000);

        // Then
        assertThat(store.isAnyDue(1_000)).isTrue();
        assertThat(store.due(1_000, 10)).extracting(Expiry::subjectKey).containsExactly("b");
    }

    @Test
    void shouldGiveTheMembersOfAParentAgainWhenOnlyItsOwnEntryOfTheSameInstantWasDealtWith() {
        // Given
        save("a", 100);
        store.schedule(Expiry.Kind.MEMBERS, "a", Times.NEVER, 100);
        settle(store.due(1_000, 10).get(0));

        // When
        store.endSweep(1_000);

        // Then
        assertThat(store.due(1_000, 10)).extracting(Expiry::kind).containsExactly(Expiry.Kind.MEMBERS);
    }

    @Test
    void shouldGoBackWhenTheClockIsNotPastTheCursor() {
        // Given
        save("a", 100);
        sweep(1_000_000);
        LedgerStore reopened = new LedgerStore(bytes, Names.limit());

        // When
        reopened.clockShows(500);
        reopened.save("b", STAGE, reopened.load("b"), awaiting(), false, 10);

        // Then
        assertThat(reopened.load("b").indexedAtMs()).isEqualTo(499);
        assertThat(reopened.due(500, 10)).extracting(Expiry::subjectKey).containsExactly("b");
    }

    @Test
    void shouldFindWhatBecameDueWhileItWasClosedAfterItWentBack() {
        // Given
        save("a", 100);
        sweep(1_000_000);
        LedgerStore reopened = new LedgerStore(bytes, Names.limit());
        reopened.clockShows(500);
        reopened.save("b", STAGE, reopened.load("b"), awaiting(), false, 600);

        // When
        LedgerStore again = new LedgerStore(bytes, Names.limit());
        again.clockShows(700);

        // Then
        assertThat(again.due(700, 10)).extracting(Expiry::subjectKey).containsExactly("b");
    }

    @Test
    void shouldReadACursorThatIsATimeOnlyAndReplaceIt() {
        // Given
        save("a", 99);
        save("b", 100);
        save("c", 500);
        bytes.put(StoreKeys.formerCursor(), ByteBuffer.allocate(8).putLong(100).array());

        // When
        LedgerStore upgraded = new LedgerStore(bytes, Names.limit());

        // Then
        upgraded.save("d", STAGE, upgraded.load("d"), awaiting(), false, 10);
        assertThat(upgraded.load("d").indexedAtMs()).isEqualTo(100);
        assertThat(upgraded.due(1_000, 10)).extracting(Expiry::subjectKey).containsExactly("b", "d", "c");
        assertThat(bytes.get(StoreKeys.formerCursor())).isNull();
        assertThat(new LedgerStore(bytes, Names.limit()).due(1_000, 10)).hasSize(3);
    }

    /** The cursor is the key of an entry: it must not keep the name of somebody who asked to be forgotten. */
    @Test
    void shouldNotNameAnErasedSubjectInTheCursor() {
        // Given
        save("alice", 100);
        save("bob", 100);
        settle(store.due(1_000, 1).get(0));
        store.endSweep(1_000);

        // When
        Erasure erasure = new Erasure("hash", 500, true, List.of());
        store.erase("alice", STAGE, store.load("alice"), erasure, 5_000);

        // Then
        assertThat(new String(bytes.get(StoreKeys.cursor()), UTF_8)).doesNotContain("alice");
        assertThat(store.due(1_000, 10)).extracting(Expiry::subjectKey).containsExactly("bob");
    }

    private void settle(Expiry due) {
        store.save(due, STAGE, store.load(due.subjectKey()), awaiting(), false, Times.NEVER);
    }

    private void save(String subjectKey, long dueMs) {
        store.save(subjectKey, STAGE, store.load(subjectKey), awaiting(), false, dueMs);
    }

    /** Deals with everything due. */
    private void sweep(long clockMs) {
        store.due(clockMs, 100).forEach(this::settle);
        store.endSweep(clockMs);
    }

    private static Disposition awaiting() {
        return Dispositions.of(Status.DEFERRED, Times.NEVER);
    }
}
