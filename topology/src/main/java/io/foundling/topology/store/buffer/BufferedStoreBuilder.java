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

    private final StoreBuilder<KeyValueStore<Bytes, byte[]>> logged;

    public BufferedStoreBuilder(KeyValueBytesStoreSupplier supplier) {
        logged = Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    @Override
    public KeyValueStore<Bytes, byte[]> build() {
        return new BufferedStore(logged.build(), MAX_BYTES);
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
        logged.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> withLoggingDisabled() {
        logged.withLoggingDisabled();
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return logged.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return logged.loggingEnabled();
    }

    @Override
    public String name() {
        return logged.name();
    }
}
