package io.foundling.topology.harness;

import io.foundling.topology.names.Nodes;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Makes a store with a tap on it: what it held carries over to the next one, accesses are counted,
 * and a test can look at it and damage it.
 */
public final class StoreTap implements KeyValueBytesStoreSupplier {

    private final KeyValueBytesStoreSupplier supplier;
    private final SortedMap<Bytes, byte[]> carriedOver = new TreeMap<>();
    private TappedStore store;

    /** Taps the real store of the ledger. */
    public StoreTap() {
        this(Stores.persistentKeyValueStore(Nodes.LEDGER_STORE));
    }

    /** Taps another one. */
    public StoreTap(KeyValueBytesStoreSupplier supplier) {
        this.supplier = supplier;
    }

    @Override
    public String name() {
        return supplier.name();
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        store = new TappedStore(supplier.get(), carriedOver);
        return store;
    }

    @Override
    public String metricsScope() {
        return supplier.metricsScope();
    }

    /** Returns everything the store holds, in order of keys. */
    public SortedMap<Bytes, byte[]> contents() {
        SortedMap<Bytes, byte[]> contents = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.inner().all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> each = all.next();
                contents.put(each.key, each.value);
            }
        }
        return contents;
    }

    /** Replaces a value behind the back of the ledger. */
    public void overwrite(Bytes key, byte[] value) {
        store.inner().put(key, value);
    }

    /** Lets every read of a key fail with what is no failure of a store; null: of none. */
    public void failAt(Bytes key) {
        store.failAt(key);
    }

    /** Returns how often the ledger has read or written the store. */
    public int accesses() {
        return store.accesses();
    }

    /** Returns how many keys were written to RocksDB and to the changelog, each as often as it was. */
    public int writes() {
        return store.writes();
    }

    /** Returns how many bytes of keys and values these were. */
    public long writtenBytes() {
        return store.writtenBytes();
    }

    /** Counts from zero. */
    public void beginCounting() {
        store.beginCounting();
    }

    /** Returns what was counted, by kind of entry, divided by a number of events. */
    public String counted(int events) {
        StringBuilder text = new StringBuilder();
        store.operations().forEach((kind, done) -> text.append(done.text(kind, events)));
        return text.toString();
    }

    /** Gives the next store what another one holds. */
    void replace(SortedMap<Bytes, byte[]> contents) {
        carriedOver.clear();
        carriedOver.putAll(contents);
    }

    /** Keeps what the store holds for the next one. */
    void carryOver() {
        carriedOver.clear();
        carriedOver.putAll(contents());
    }
}
