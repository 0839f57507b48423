package io.foundling.topology.store.buffer;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds logged stores that keep what is written until the commit. Their names and changelogs are as without that. */
public final class BufferedStoreBuilder implements StoreBuilder<KeyValueStore<Bytes, byte[]>> {

    /** A commit comes five times a second; only a large sweep writes more until then. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final KeyValueBytesStoreSupplier supplier;
    private final DerivedEntries derived;

    /** Null where nothing is logged. */
    private Map<String, String> logConfig = Map.of();

    public BufferedStoreBuilder(KeyValueBytesStoreSupplier supplier) {
        this(supplier, DerivedEntries.NONE);
    }

    public BufferedStoreBuilder(KeyValueBytesStoreSupplier supplier, DerivedEntries derived) {
        this.supplier = supplier;
        this.derived = derived;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> build() {
        KeyValueStore<Bytes, byte[]> unlogged = supplier.get();
        StoreBuilder<KeyValueStore<Bytes, byte[]>> logged = Stores.keyValueStoreBuilder(
                        new Existing(unlogged, supplier.metricsScope()), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
        return new BufferedStore(
                (loggingEnabled() ? logged.withLoggingEnabled(logConfig) : logged.withLoggingDisabled()).build(),
                unlogged,
                derived,
                MAX_BYTES);
    }

    /** Supplies a store that was made. */
    private record Existing(KeyValueStore<Bytes, byte[]> store, String metricsScope)
            implements KeyValueBytesStoreSupplier {

        @Override
        public String name() {
            return store.name();
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return store;
        }
    }

    @Override
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> withCachingEnabled() {
        throw new UnsupportedOperationException(name() + " has a buffer of its own in place of the record cache");
    }

    @Override
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> withLoggingEnabled(Map<String, String> config) {
        logConfig = Map.copyOf(config);
        return this;
    }

    @Override
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> withLoggingDisabled() {
        logConfig = null;
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return loggingEnabled() ? logConfig : Map.of();
    }

    @Override
    public boolean loggingEnabled() {
        return logConfig != null;
    }

    @Override
    public String name() {
        return supplier.name();
    }
}
