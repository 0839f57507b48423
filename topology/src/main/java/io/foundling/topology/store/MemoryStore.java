package io.foundling.topology.store;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store of one task in memory, without a changelog: for a rebuild, which writes its entries to one once it is complete,
 * and for a ledger on trial, which forgets them. An iterator walks over the entries of its beginning. Not thread-safe.
 */
public final class MemoryStore implements KeyValueStore<Bytes, byte[]> {

    private final NavigableMap<Bytes, byte[]> entries = new TreeMap<>();

    /** Returns all entries; a view. */
    public NavigableMap<Bytes, byte[]> entries() {
        return entries;
    }

    @Override
    public byte[] get(Bytes key) {
        return entries.get(key);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        return entries.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> batch) {
        batch.forEach(each -> put(each.key, each.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        return entries.remove(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return new Entries(entries.subMap(from, true, to, true));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new Entries(entries);
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // Nothing to open.
    }

    @Override
    public void close() {
        // Nothing to close.
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** Entries in the order of their keys. */
    private static final class Entries implements KeyValueIterator<Bytes, byte[]> {

        private final NavigableMap<Bytes, byte[]> range;
        private Map.Entry<Bytes, byte[]> next;

        Entries(NavigableMap<Bytes, byte[]> range) {
            this.range = range;
            next = range.firstEntry();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            KeyValue<Bytes, byte[]> entry = KeyValue.pair(next.getKey(), next.getValue());
            next = range.higherEntry(next.getKey());
            return entry;
        }

        @Override
        public Bytes peekNextKey() {
            return next.getKey();
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }
}
