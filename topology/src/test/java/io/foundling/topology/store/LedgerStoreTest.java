package io.foundling.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.LedgerStore.TallyKey;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Subjects, their expiry index and their tallies. Proves rules L9, L19, T18 and T19. */
final class LedgerStoreTest {

    private static final TallyKey STAGE = new TallyKey("university", "declaration");

    private final KeyValueStore<Bytes, byte[]> bytes =
            Stores.inMemoryKeyValueStore("ledger-store").get();
    private final LedgerStore store = new LedgerStore(bytes);

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
        first.forEach(due -> store.save(due, STAGE, store.load(due.subjectKey()), awaiting(), false, Times.NEVER));
        store.advance(100);

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
        store.advance(999);

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
        LedgerStore reopened = new LedgerStore(bytes);

        // Then
        assertThat(reopened.isAnyDue(999)).isFalse();
        assertThat(reopened.isAnyDue(1_000)).isTrue();
        assertThat(reopened.due(3_000, 10)).extracting(Expiry::subjectKey).containsExactly("b", "c");
        assertThat(reopened.drainChangedTallies()).isEqualTo(Map.of(STAGE, new Tally(3, 3, 0, 0, 0, 0)));
    }

    @Test
    void shouldMoveAnEntryEarlierAndNeverLater() {
        // Given
        save("a", 500);

        // When
        save("a", 900);
        save("a", 200);

        // Then
        assertThat(store.load("a").indexedAtMs()).isEqualTo(200);
        assertThat(store.due(1_000, 10)).extracting(Expiry::dueMs).containsExactly(200L);
    }

    @Test
    void shouldKeepTheEntryWhenThereIsNothingToComeBackFor() {
        // Given
        save("a", 500);

        // When
        save("a", Times.NEVER);

        // Then
        assertThat(store.due(1_000, 10)).extracting(Expiry::dueMs).containsExactly(500L);
    }

    @Test
    void shouldMarkAnEntryThatWasPutBack() {
        // Given
        save("a", 100);
        Expiry due = store.due(1_000, 10).get(0);

        // When
        store.putBack(due, 2_000);
        store.advance(999);

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
        assertThat(store.drainChangedTallies()).isEqualTo(Map.of(STAGE, new Tally(2, 0, 1, 1, 0, 0)));
        assertThat(store.drainChangedTallies()).isEmpty();
        store.save("a", STAGE, store.load("a"), Dispositions.of(Status.COMPLETED, 5), false, Times.NEVER);
        assertThat(store.drainChangedTallies()).isEqualTo(Map.of(STAGE, new Tally(2, 0, 0, 1, 1, 0)));
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
        store.forget(due);

        // Then
        assertThat(store.load("a").state()).isEqualTo(Disposition.NONE);
        assertThat(store.due(1_000, 10)).isEmpty();
        assertThat(store.drainChangedTallies()).isEqualTo(Map.of(STAGE, new Tally(1, 0, 0, 0, 1, 0)));
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

    private void save(String subjectKey, long dueMs) {
        store.save(subjectKey, STAGE, store.load(subjectKey), awaiting(), false, dueMs);
    }

    /** Deals with everything due. */
    private void sweep(long clockMs) {
        store.due(clockMs, 100)
                .forEach(due -> store.save(due, STAGE, store.load(due.subjectKey()), awaiting(), false, Times.NEVER));
        store.advance(clockMs - 1);
    }

    private static Disposition awaiting() {
        return Dispositions.of(Status.DEFERRED, Times.NEVER);
    }
}
