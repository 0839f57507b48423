package io.foundling.topology.store;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store that never forgets a deleted key, as RocksDB does for a long time, and counts how many keys, tombstones
 * included, its iterators walk over. An iterator walks to the next key with a value even if that is behind its end.
 */
public final class TombstoneStore implements KeyValueStore<Bytes, byte[]> {

    private final TreeMap<Bytes, Optional<byte[]>> entries = new TreeMap<>();
    private long walked;

    /** Returns over how many keys all iterators walked so far. */
    public long walked() {
        return walked;
    }

    @Override
    public void put(Bytes key, byte[] value) {
        if (value != null || entries.containsKey(key)) {
            entries.put(key, Optional.ofNullable(value));
        }
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        throw new UnsupportedOperationException("the stores of the topology do not call this");
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> batch) {
        batch.forEach(each -> put(each.key, each.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        byte[] before = get(key);
        put(key, null);
        return before;
    }

    @Override
    public byte[] get(Bytes key) {
        return entries.getOrDefault(key, Optional.empty()).orElse(null);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return new Walk(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw new UnsupportedOperationException("the stores of the topology do not call this");
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public String name() {
        return "tombstones";
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

    private final class Walk implements KeyValueIterator<Bytes, byte[]> {

        private final Iterator<Map.Entry<Bytes, Optional<byte[]>>> keys;
        private final Bytes to;
        private KeyValue<Bytes, byte[]> next;

        private Walk(Bytes from, Bytes to) {
            this.keys = entries.tailMap(from).entrySet().iterator();
            this.to = to;
        }

        @Override
        public boolean hasNext() {
            while (next == null && keys.hasNext()) {
                Map.Entry<Bytes, Optional<byte[]>> each = keys.next();
                walked++;
                next = each.getValue()
                        .map(value -> KeyValue.pair(each.getKey(), value))
                        .orElse(null);
            }
            return next != null && next.key.compareTo(to) <= 0;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            KeyValue<Bytes, byte[]> taken = peek();
            next = null;
            return taken;
        }

        private KeyValue<Bytes, byte[]> peek() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return next;
        }

        @Override
        public Bytes peekNextKey() {
            return peek().key;
        }

        @Override
        public void close() {
            next = null;
        }
    }
}
