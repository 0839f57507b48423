package io.foundling.topology.store.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * Keeps what is written until the commit, and then writes it: a key that changes often is written, and logged unless it
 * is derived, once a commit. Kafka Streams has a hook for that only in a package of its own ({@code
 * CachedStateStore.flushCache}, called before the producer is flushed). Its own record cache copies the keys of a range
 * at each look and writes entry by entry. For the stream thread of the task.
 */
final class BufferedStore extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]>
        implements KeyValueStore<Bytes, byte[]> {

    /** The value of a key that is deleted. */
    private static final byte[] DELETED = {};

    static final Comparator<Bytes> ORDER = (one, other) -> Arrays.compareUnsigned(one.get(), other.get());

    /** About what an entry costs beside its bytes. */
    private static final int ENTRY_BYTES = 120;

    /** Keeps the same entries as the logged store, and logs none. */
    private final KeyValueStore<Bytes, byte[]> unlogged;

    private final DerivedEntries derived;
    private final int maxBytes;
    private NavigableMap<Bytes, byte[]> written = new TreeMap<>(ORDER);
    private int bytes;

    /** What cannot be logged yet stays, and does not count again. */
    private int fullAt;

    /** How many open iterators read {@link #written}, which then must not change. */
    private int readers;

    private StateStoreContext context;

    /**
     * @param unlogged the store within the logged one
     * @param maxBytes after how many bytes what was written is not kept until the commit
     */
    BufferedStore(
            KeyValueStore<Bytes, byte[]> logged,
            KeyValueStore<Bytes, byte[]> unlogged,
            DerivedEntries derived,
            int maxBytes) {
        super(logged);
        this.unlogged = unlogged;
        this.derived = derived;
        this.maxBytes = maxBytes;
        fullAt = maxBytes;
    }

    @Override
    public void init(StateStoreContext storeContext, StateStore root) {
        context = storeContext;
        super.init(storeContext, root);
    }

    @Override
    public byte[] get(Bytes key) {
        byte[] value = written.get(key);
        return value == null ? wrapped().get(key) : stored(value);
    }

    private static byte[] stored(byte[] value) {
        return value == DELETED ? null : value;
    }

    @Override
    public void put(Bytes key, byte[] value) {
        add(key, value);
        flushIfFull();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        for (KeyValue<Bytes, byte[]> each : entries) {
            add(each.key, each.value);
        }
        flushIfFull();
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        byte[] before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public byte[] delete(Bytes key) {
        byte[] before = get(key);
        put(key, null);
        return before;
    }

    private void add(Bytes key, byte[] value) {
        if (readers > 0) {
            written = new TreeMap<>(written);
            readers = 0;
        }
        byte[] before = written.put(key, value == null ? DELETED : value);
        bytes += value == null ? 0 : value.length;
        bytes += before == null ? key.get().length + ENTRY_BYTES : -before.length;
    }

    private void flushIfFull() {
        if (bytes > fullAt) {
            flushCache();
        }
    }

    /**
     * What a task wrote when it began, and is logged, waits for its first record or turn: before, nothing can be
     * logged.
     */
    @Override
    public void flushCache() {
        if (!written.isEmpty()) {
            flushWritten(context.recordMetadata().isPresent());
        }
        super.flushCache();
    }

    private void flushWritten(boolean canLog) {
        boolean areStamped = derived.stamp() != null;
        boolean areCurrent = areStamped && derived.areCurrent(this);
        boolean logsDeletions = areStamped && canLog && get(derived.former()) != null;
        NavigableMap<Bytes, byte[]> waiting = new TreeMap<>(ORDER);
        List<KeyValue<Bytes, byte[]>> toLog = new ArrayList<>(written.size() + 1);
        List<KeyValue<Bytes, byte[]>> notToLog = new ArrayList<>(written.size() + 1);
        written.forEach((key, value) -> {
            boolean isLogged = !derived.isDerived().test(key) || logsDeletions && value == DELETED;
            if (!isLogged) {
                notToLog.add(KeyValue.pair(key, stored(value)));
            } else if (canLog) {
                toLog.add(KeyValue.pair(key, stored(value)));
            } else {
                waiting.put(key, value);
            }
        });
        if (!toLog.isEmpty() && areStamped) {
            byte[] stamp = newStamp();
            toLog.add(KeyValue.pair(derived.stamp(), stamp));
            if (areCurrent) {
                notToLog.add(KeyValue.pair(derived.ownStamp(), stamp));
            }
        }
        if (!notToLog.isEmpty()) {
            unlogged.putAll(notToLog);
        }
        if (!toLog.isEmpty()) {
            wrapped().putAll(toLog);
        }
        clearCache();
        waiting.forEach((key, value) -> add(key, stored(value)));
        fullAt = bytes + maxBytes;
    }

    /** Returns a stamp that no store with other entries has. */
    private static byte[] newStamp() {
        UUID stamp = UUID.randomUUID();
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(stamp.getMostSignificantBits())
                .putLong(stamp.getLeastSignificantBits())
                .array();
    }

    /** Forgets what was written since the last commit: the task ends without one. */
    @Override
    public void clearCache() {
        written = new TreeMap<>(ORDER);
        readers = 0;
        bytes = 0;
        fullAt = maxBytes;
        super.clearCache();
    }

    @Override
    public void close() {
        clearCache();
        super.close();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        NavigableMap<Bytes, byte[]> part = part(from, to);
        KeyValueIterator<Bytes, byte[]> stored = wrapped().range(from, to);
        return part.isEmpty() ? stored : merged(part, stored);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return range(null, null);
    }

    /** Returns what was written from a key up to another, both included; null is no bound. */
    private NavigableMap<Bytes, byte[]> part(Bytes from, Bytes to) {
        if (from != null && to != null && ORDER.compare(from, to) > 0) {
            return new TreeMap<>(ORDER);
        }
        NavigableMap<Bytes, byte[]> part = from == null ? written : written.tailMap(from, true);
        return to == null ? part : part.headMap(to, true);
    }

    /** An iterator shows the store as it was when the iterator was made, as one of RocksDB does. */
    private KeyValueIterator<Bytes, byte[]> merged(
            NavigableMap<Bytes, byte[]> part, KeyValueIterator<Bytes, byte[]> stored) {
        NavigableMap<Bytes, byte[]> shown = written;
        readers++;
        return new MergedEntries(part.entrySet().iterator(), stored, BufferedStore::stored, () -> {
            stored.close();
            readers -= shown == written ? 1 : 0;
        });
    }

    @Override
    public long approximateNumEntries() {
        return wrapped().approximateNumEntries() + written.size();
    }

    @Override
    public long approximateNumUncommittedBytes() {
        return super.approximateNumUncommittedBytes() + bytes;
    }
}
