package io.foundling.topology.alert;

import io.foundling.topology.names.Nodes;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Makes stores that begin with given content. */
final class SeededStore implements KeyValueBytesStoreSupplier {

    private final Map<Bytes, byte[]> seed = new TreeMap<>();

    void seed(Map<Bytes, byte[]> content) {
        seed.clear();
        seed.putAll(content);
    }

    @Override
    public String name() {
        return Nodes.ALERTS_STORE;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        KeyValueStore<Bytes, byte[]> store =
                Stores.inMemoryKeyValueStore(Nodes.ALERTS_STORE).get();
        seed.forEach(store::put);
        return store;
    }

    @Override
    public String metricsScope() {
        return "in-memory";
    }
}
