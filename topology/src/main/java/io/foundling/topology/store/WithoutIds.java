package io.foundling.topology.store;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How many events named no subject, by source, stage and body (rule L18). The counts are stored and never fall. They
 * cost memory for each of them, for a limited number of pairs of source and stage, and one write an event. For the
 * stream thread of the ledger task.
 */
public final class WithoutIds {

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<EventOrigin, Long> counts = new HashMap<>();
    private final NameLimit names;
    private final Set<LedgerStore.TallyKey> stages = new HashSet<>();

    /** What is counted together. */
    public record EventOrigin(String source, String stage, String body) {}

    /** Opens the facade over a restored store. */
    public WithoutIds(StoredEntries entries, NameLimit names) {
        this.names = names;
        store = entries.bytes();
        entries.readAll(StoreKeys.WITHOUT_ID, each -> {
            EventOrigin origin = StoreKeys.origin(each.key);
            counts.put(origin, StoreKeys.longOf(each.value));
            stages.add(new LedgerStore.TallyKey(origin.source(), origin.stage()));
        });
    }

    /** Counts one more event, and returns what it counts as: where there are too many stages, an empty one. */
    public EventOrigin count(String source, String stage, String body) {
        LedgerStore.TallyKey named = new LedgerStore.TallyKey(source, stage);
        boolean isNamed = stages.contains(named)
                || names.admits(NameLimit.Use.EVENTS_WITHOUT_ID, stages.size(), source + '/' + stage);
        LedgerStore.TallyKey counted = isNamed ? named : LedgerStore.TallyKey.OTHERS;
        stages.add(counted);
        EventOrigin origin = new EventOrigin(counted.source(), counted.stage(), body);
        long count = counts.merge(origin, 1L, Long::sum);
        store.put(
                StoreKeys.withoutId(origin.source(), origin.stage(), body),
                ByteBuffer.allocate(Long.BYTES).putLong(count).array());
        return origin;
    }

    /** Returns how many events count as this. */
    public long count(EventOrigin origin) {
        return counts.getOrDefault(origin, 0L);
    }

    /** Returns all counts. */
    public Map<EventOrigin, Long> counts() {
        return Map.copyOf(counts);
    }
}
