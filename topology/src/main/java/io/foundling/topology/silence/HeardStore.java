package io.foundling.topology.silence;

import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * What a task has stored about the sources that were heard in any partition: one entry for a source, and one for each of
 * the last hours in which it was heard. So its size is bounded by the number of sources.
 */
final class HeardStore {

    /** More than a week: while an hour is counted, and judged, the same one of the week before is still there. */
    static final int HOURS = HeardHour.WEEK + 24;

    private final StoredEntries entries;

    HeardStore(StoredEntries entries) {
        this.entries = entries;
    }

    /** Returns all sources; empty of one that had to be set aside. */
    Map<String, Optional<KnownSource>> load() {
        Map<Bytes, byte[]> stored = new HashMap<>();
        entries.readAll(StoreKeys.HEARD_SOURCE, each -> stored.put(each.key, each.value));
        Map<String, Optional<KnownSource>> sources = new HashMap<>();
        stored.forEach((key, value) -> sources.put(
                StoreKeys.text(key), Optional.ofNullable(entries.read(key, value, KnownSource::decode, null))));
        return sources;
    }

    void save(String source, KnownSource known) {
        entries.bytes().put(StoreKeys.heardSource(source), known.encode());
    }

    /** Returns what is stored in the place of an hour: that hour, or one that is a multiple of {@link #HOURS} away. */
    Optional<HeardHour> inPlaceOf(String source, long hour) {
        return Optional.ofNullable(entries.get(key(source, hour), HeardHour::decode, null));
    }

    /** Adds to what is stored of an hour; one that a later hour has replaced is left out. */
    void add(String source, HeardHour heard) {
        Optional<HeardHour> stored = inPlaceOf(source, heard.hour());
        if (stored.isEmpty() || stored.get().hour() < heard.hour()) {
            entries.bytes().put(key(source, heard.hour()), heard.encode());
        } else if (stored.get().hour() == heard.hour()) {
            entries.bytes()
                    .put(key(source, heard.hour()), stored.get().plus(heard).encode());
        }
    }

    /** Forgets everything about a source. */
    void forget(String source) {
        entries.bytes().delete(StoreKeys.heardSource(source));
        for (int hour = 0; hour < HOURS; hour++) {
            entries.bytes().delete(key(source, hour));
        }
    }

    private static Bytes key(String source, long hour) {
        return StoreKeys.heardHour(source, Math.floorMod(hour, HOURS));
    }
}
