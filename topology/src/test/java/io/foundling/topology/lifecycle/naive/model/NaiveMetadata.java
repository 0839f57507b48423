package io.foundling.topology.lifecycle.naive.model;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metadata of all events of a subject, merged (rule L16).
 *
 * @param deciding which event, happened when, gave each value
 * @param truncated whether something had to be cut or left out
 */
record NaiveMetadata(SortedMap<String, String> merged, SortedMap<String, String> deciding, boolean truncated) {

    private static final int MAX_KEYS = 64;
    private static final int MAX_KEY_LENGTH = 256;
    private static final int MAX_VALUE_BYTES = 1_024;

    /** A value and the event that gave it; two values of one event and time are emitted apart by the text. */
    private record Entry(NaiveEvent event, String value) {
        static final Comparator<Entry> LATEST = Comparator.<Entry, Long>comparing(
                        entry -> entry.event().occurredAtMs())
                .thenComparing(entry -> entry.event().eventId().toString())
                .thenComparing(Entry::value);

        String origin() {
            return event.occurredAtMs() + " " + event.eventId();
        }
    }

    static NaiveMetadata of(Collection<NaiveEvent> events) {
        boolean truncated = false;
        SortedMap<String, Entry> entries = new TreeMap<>();
        for (NaiveEvent event : events) {
            for (Map.Entry<String, String> pair : event.metadata().entrySet()) {
                String cut = cut(pair.getValue());
                truncated |= !cut.equals(pair.getValue()) || pair.getKey().length() > MAX_KEY_LENGTH;
                if (pair.getKey().length() <= MAX_KEY_LENGTH) {
                    Entry candidate = new Entry(event, cut);
                    entries.merge(pair.getKey(), candidate, (a, b) -> Entry.LATEST.compare(a, b) >= 0 ? a : b);
                }
            }
        }
        SortedMap<String, String> merged = new TreeMap<>();
        entries.entrySet().stream()
                .limit(MAX_KEYS)
                .forEach(kept -> merged.put(kept.getKey(), kept.getValue().value()));
        SortedMap<String, String> deciding = new TreeMap<>();
        merged.keySet().forEach(key -> deciding.put(key, entries.get(key).origin()));
        return new NaiveMetadata(merged, deciding, truncated || entries.size() > MAX_KEYS);
    }

    private static String cut(String value) {
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        for (int codePoint : value.codePoints().toArray()) {
            String character = Character.toString(codePoint);
            bytes += character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_VALUE_BYTES) {
                break;
            }
            kept.append(character);
        }
        return kept.toString();
    }
}
