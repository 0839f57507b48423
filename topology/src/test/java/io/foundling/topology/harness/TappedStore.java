package io.foundling.topology.harness;

import io.foundling.topology.store.StoreKeys;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store that begins with given content and counts accesses. */
final class TappedStore implements KeyValueStore<Bytes, byte[]> {

    private final KeyValueStore<Bytes, byte[]> inner;
    private final SortedMap<Bytes, byte[]> seed;
    private final SortedMap<String, Operations> operations = new TreeMap<>();
    private int accesses;
    private int writes;
    private long writtenBytes;
    private Bytes failing;

    TappedStore(KeyValueStore<Bytes, byte[]> inner, SortedMap<Bytes, byte[]> seed) {
        this.inner = inner;
        this.seed = seed;
    }

    KeyValueStore<Bytes, byte[]> inner() {
        return inner;
    }

    /** Lets every read of a key fail; null: of none. */
    void failAt(Bytes key) {
        failing = key;
    }

    int accesses() {
        return accesses;
    }

    /** How many keys were written, each as often as it was. */
    int writes() {
        return writes;
    }

    /** Keys and values that were written. */
    long writtenBytes() {
        return writtenBytes;
    }

    /** What was done, by kind of entry. */
    SortedMap<String, Operations> operations() {
        return operations;
    }

    /** Counts from zero. */
    void beginCounting() {
        accesses = 0;
        writes = 0;
        writtenBytes = 0;
        operations.clear();
    }

    private Operations operations(Bytes key) {
        return operations.computeIfAbsent(StoreKeys.kind(key), first -> new Operations());
    }

    private void count(Bytes key, byte[] value) {
        int bytes = key.get().length + (value == null ? 0 : value.length);
        writes++;
        writtenBytes += bytes;
        operations(key).wrote(bytes);
    }

    private KeyValueStore<Bytes, byte[]> accessed() {
        accesses++;
        return inner;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        inner.init(context, root);
        seed.forEach(inner::put);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        count(key, value);
        accessed().put(key, value);
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        return accessed().putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(each -> count(each.key, each.value));
        accessed().putAll(entries);
    }

    @Override
    public byte[] delete(Bytes key) {
        return accessed().delete(key);
    }

    @Override
    public byte[] get(Bytes key) {
        if (key.equals(failing)) {
            throw new IllegalStateException("the test lets this fail");
        }
        operations(key).got();
        return accessed().get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        if (from != null) {
            operations(from).walked();
        }
        return accessed().range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return accessed().all();
    }

    @Override
    public <P extends Serializer<T>, T> KeyValueIterator<Bytes, byte[]> prefixScan(T prefix, P serializer) {
        return accessed().prefixScan(prefix, serializer);
    }

    @Override
    public long approximateNumEntries() {
        return inner.approximateNumEntries();
    }

    @Override
    public Position getPosition() {
        return inner.getPosition();
    }

    /** Deprecated for those who call it; a store has to answer all the same. */
    @Override
    @SuppressWarnings("deprecation")
    public boolean managesOffsets() {
        return inner.managesOffsets();
    }

    @Override
    public Long committedOffset(TopicPartition partition) {
        return inner.committedOffset(partition);
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        inner.commit(offsets);
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }
}
