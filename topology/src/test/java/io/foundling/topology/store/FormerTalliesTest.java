package io.foundling.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.harness.Names;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.LedgerStore.TallyKey;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/**
 * An earlier version kept every tally for ever, and did not store how many of its subjects were forgotten. Proves rule B9.
 */
final class FormerTalliesTest {

    private static final Tally ONE_AWAITS = new Tally(1, 1, 0, 0, 0, 0, 0, 0);

    private final KeyValueStore<Bytes, byte[]> bytes =
            Stores.inMemoryKeyValueStore("ledger-store").get();

    @Test
    void shouldGivePlacesUpWhenNothingIsStoredOfWhatWasCountedTogether() {
        // Given
        save(open(2), "t1", Dispositions.of(Status.DEFERRED, Times.NEVER));
        storeFormer(stage("t0"), new Tally(1, 0, 0, 0, 1, 0, 0, 0));
        storeFormer(stage("t1"), ONE_AWAITS);
        storeFormer(TallyKey.OTHERS, new Tally(2, 0, 0, 0, 2, 0, 0, 0));

        // When
        LedgerStore reopened = open(2);
        save(reopened, "t4", Dispositions.of(Status.DEFERRED, Times.NEVER));

        // Then
        assertThat(reopened.drainChangedTallies())
                .isEqualTo(Map.of(
                        stage("t0"),
                        Tally.NONE,
                        stage("t1"),
                        ONE_AWAITS,
                        stage("t4"),
                        ONE_AWAITS,
                        TallyKey.OTHERS,
                        new Tally(3, 0, 0, 0, 3, 0, 0, 3)));
    }

    @Test
    void shouldGivePlacesUpWhenTheNamesOfAnEarlierVersionTakeThemAll() {
        // Given
        storeFormer(stage("t0"), new Tally(1, 0, 0, 0, 1, 0, 0, 0));
        storeFormer(stage("t1"), new Tally(1, 0, 0, 0, 1, 0, 0, 0));

        // When
        LedgerStore reopened = open(2);
        save(reopened, "t4", Dispositions.of(Status.DEFERRED, Times.NEVER));

        // Then
        assertThat(reopened.drainChangedTallies())
                .isEqualTo(Map.of(
                        stage("t0"),
                        Tally.NONE,
                        stage("t1"),
                        Tally.NONE,
                        stage("t4"),
                        ONE_AWAITS,
                        TallyKey.OTHERS,
                        new Tally(2, 0, 0, 0, 2, 0, 0, 2)));
    }

    /** What was removed may come back, and must not be taken off in another tally than it counts in. */
    @Test
    void shouldGiveNoPlaceWhileAStoneIsStoredOfWhatWasCountedTogether() {
        // Given
        LedgerStore former = open(0);
        save(former, "t3", Dispositions.of(Status.DEFERRED, Times.NEVER));
        save(former, "t3", Dispositions.of(Status.COMPLETED, 5));
        storeFormer(TallyKey.OTHERS, new Tally(2, 0, 0, 0, 2, 0, 0, 0));

        // When
        LedgerStore reopened = open(2);
        save(reopened, "t3", Dispositions.of(Status.DEFERRED, Times.NEVER));

        // Then
        assertThat(reopened.drainChangedTallies())
                .isEqualTo(Map.of(TallyKey.OTHERS, new Tally(2, 1, 0, 0, 1, 0, 0, 1)));
    }

    private LedgerStore open(int maxStages) {
        return new LedgerStore(bytes, Names.limit(maxStages));
    }

    private static TallyKey stage(String stage) {
        return new TallyKey("s", stage);
    }

    private static void save(LedgerStore store, String stage, Disposition state) {
        String key = "record/s/" + stage + "/1";
        store.save(key, stage(stage), store.load(key), state, false, Times.NEVER);
    }

    private void storeFormer(TallyKey key, Tally tally) {
        bytes.put(StoreKeys.tally(key.source(), key.stage()), Arrays.copyOf(tally.encode(), 7 * Long.BYTES));
    }
}
