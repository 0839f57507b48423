package io.foundling.topology.lifecycle;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The merged metadata of a subject: per key the latest event wins, the alphabetically smallest keys stay (rule L16).
 * The bounds do not depend on the order of merging, since a key that is pushed out once can never belong to the
 * smallest.
 */
public record Metadata(SortedMap<String, MetadataValue> values) {

    public static final Metadata NONE = new Metadata(new TreeMap<>());

    static final int MAX_KEYS = 64;
    static final int MAX_KEY_LENGTH = 256;
    static final int MAX_VALUE_BYTES = 1_024;

    /** Whether some of what was merged had to be left out or cut. */
    record Merged(Metadata metadata, boolean truncated) {}

    Merged merge(Arrival arrival) {
        if (arrival.metadata().isEmpty()) {
            return new Merged(this, false);
        }
        SortedMap<String, MetadataValue> merged = new TreeMap<>(values);
        boolean truncated = false;
        for (Map.Entry<String, String> entry : arrival.metadata().entrySet()) {
            String value = Texts.truncate(entry.getValue(), MAX_VALUE_BYTES);
            truncated |= value.length() < entry.getValue().length();
            if (entry.getKey().length() > MAX_KEY_LENGTH) {
                truncated = true;
            } else {
                merged.merge(
                        entry.getKey(),
                        new MetadataValue(value, arrival.occurredAtMs(), arrival.eventId()),
                        (old, found) -> found.outdoes(old) ? found : old);
            }
        }
        while (merged.size() > MAX_KEYS) {
            merged.remove(merged.lastKey());
            truncated = true;
        }
        return new Merged(new Metadata(merged), truncated);
    }
}
