package io.foundling.topology.store;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a task has to remember about sources when it starts again: since when each is delayed (rule T23), which have a
 * report on audit.clocks (rule T24), and whose producers dropped events. It holds as many sources as the task reports at once.
 */
public final class SourceReports {

    private static final byte[] NOTHING = {};

    private final StoredEntries entries;
    private final KeyValueStore<Bytes, byte[]> store;

    /** Opens the facade over a restored store. */
    public SourceReports(StoredEntries entries) {
        this.entries = entries;
        store = entries.bytes();
    }

    /** Returns the wall time since which each source is delayed. */
    public Map<String, Long> delayedSince() {
        Map<String, Long> sinceMs = new HashMap<>();
        entries.readAll(
                StoreKeys.DELAYED_SINCE, each -> sinceMs.put(StoreKeys.text(each.key), StoreKeys.longOf(each.value)));
        return sinceMs;
    }

    /** Stores since when a source is delayed. */
    public void delayedSince(String source, long sinceMs) {
        store.put(
                StoreKeys.delayedSince(source),
                ByteBuffer.allocate(Long.BYTES).putLong(sinceMs).array());
    }

    /** Forgets that a source was delayed. */
    public void notDelayed(String source) {
        store.delete(StoreKeys.delayedSince(source));
    }

    /** Returns the sources of which a report is published. */
    public Set<String> published() {
        Set<String> published = new HashSet<>();
        entries.readAll(StoreKeys.PUBLISHED, each -> published.add(StoreKeys.text(each.key)));
        return published;
    }

    /** Stores that a report of a source is published. */
    public void published(String source) {
        store.put(StoreKeys.published(source), NOTHING);
    }

    /** Forgets a source whose report was taken back. */
    public void takenBack(String source) {
        store.delete(StoreKeys.published(source));
    }

    /** Returns when an event was last appended whose producer reports dropped events, by source. */
    public Map<String, Long> droppedBySource() {
        Map<String, Long> dropped = new HashMap<>();
        entries.readAll(StoreKeys.DROPPED, each -> dropped.put(StoreKeys.text(each.key), StoreKeys.longOf(each.value)));
        return dropped;
    }

    /** Stores the append time of an event whose producer reports dropped events. */
    public void dropped(String source, long appendedAtMs) {
        store.put(
                StoreKeys.dropped(source),
                ByteBuffer.allocate(Long.BYTES).putLong(appendedAtMs).array());
    }

    /** Forgets that a source reported dropped events. */
    public void droppedNothing(String source) {
        store.delete(StoreKeys.dropped(source));
    }
}
