package io.foundling.topology.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The tallies of one task, by source and stage: a limited number of pairs, and one tally for all others (rules L19 and
 * B9). They are kept in memory. A change is added to the batch in which its subject changes.
 */
final class Tallies {

    private final NameLimit names;
    private final Map<LedgerStore.TallyKey, Tally> tallies = new HashMap<>();
    private final Map<LedgerStore.TallyKey, Tally> changed = new HashMap<>();

    /** Reads the tallies of a restored store. */
    Tallies(KeyValueStore<Bytes, byte[]> store, NameLimit names) {
        this.names = names;
        try (KeyValueIterator<Bytes, byte[]> stored =
                store.range(StoreKeys.firstOf(StoreKeys.TALLY), StoreKeys.firstOf((byte) (StoreKeys.TALLY + 1)))) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> each = stored.next();
                String[] parts = StoreKeys.sourceAndStage(each.key);
                tallies.put(new LedgerStore.TallyKey(parts[0], parts[1]), Tally.decode(each.value));
            }
        }
        changed.putAll(tallies);
    }

    /** Returns the tallies that changed since the last call, the first time all. */
    Map<LedgerStore.TallyKey, Tally> drainChanged() {
        Map<LedgerStore.TallyKey, Tally> drained = Map.copyOf(changed);
        changed.clear();
        return drained;
    }

    /** Counts a subject as forgotten that counts as removed. */
    void forget(LedgerStore.TallyKey key, List<KeyValue<Bytes, byte[]>> batch) {
        LedgerStore.TallyKey counted = bounded(key);
        replace(counted, tallies.getOrDefault(counted, Tally.NONE).forgetting(1), batch);
    }

    /** Moves a subject from one place to another, and counts what else a change of it changes. */
    void move(
            LedgerStore.TallyKey key,
            Tally.Place from,
            Tally.Place to,
            Tally.Difference marks,
            int forgotten,
            List<KeyValue<Bytes, byte[]>> batch) {
        if (from != to || forgotten != 0 || !marks.equals(Tally.Difference.SAME)) {
            LedgerStore.TallyKey counted = bounded(key);
            Tally tally = tallies.getOrDefault(counted, Tally.NONE)
                    .moved(from, to)
                    .marked(marks)
                    .forgetting(forgotten);
            replace(counted, tally, batch);
        }
    }

    /** Replaces a tally. One of which no subject is stored any more goes on counting with the others. */
    private void replace(LedgerStore.TallyKey key, Tally tally, List<KeyValue<Bytes, byte[]>> batch) {
        if (!tally.isForgotten() || key.equals(LedgerStore.TallyKey.OTHERS)) {
            put(key, tally, batch);
            return;
        }
        tallies.remove(key);
        changed.put(key, Tally.NONE);
        batch.add(KeyValue.pair(StoreKeys.tally(key.source(), key.stage()), null));
        if (tally.known() > 0) {
            put(LedgerStore.TallyKey.OTHERS, others().plusForgotten(tally), batch);
        }
    }

    private void put(LedgerStore.TallyKey key, Tally tally, List<KeyValue<Bytes, byte[]>> batch) {
        tallies.put(key, tally);
        changed.put(key, tally);
        batch.add(KeyValue.pair(StoreKeys.tally(key.source(), key.stage()), tally.encode()));
    }

    private Tally others() {
        return tallies.getOrDefault(LedgerStore.TallyKey.OTHERS, Tally.NONE);
    }

    /**
     * Returns the tally in which a source and stage count. While subjects are stored that count with the others, one
     * without a tally of its own gets none: its subjects may be among them.
     */
    private LedgerStore.TallyKey bounded(LedgerStore.TallyKey key) {
        if (tallies.containsKey(key)) {
            return key;
        }
        int named = tallies.size() - (tallies.containsKey(LedgerStore.TallyKey.OTHERS) ? 1 : 0);
        boolean isAdmitted = names.admits(NameLimit.Use.TALLIES, named, key.source() + '/' + key.stage());
        return isAdmitted && others().isForgotten() ? key : LedgerStore.TallyKey.OTHERS;
    }
}
