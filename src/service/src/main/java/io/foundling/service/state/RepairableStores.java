package io.foundling.service.state;

import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Makes persistent stores that all report damage to the same {@link StateRepair}. */
public final class RepairableStores implements Function<String, KeyValueBytesStoreSupplier> {

    private final StateRepair repair;
    private final RestoreWatch restores;

    public RepairableStores(StateRepair repair, RestoreWatch restores) {
        this.repair = repair;
        this.restores = restores;
    }

    @Override
    public KeyValueBytesStoreSupplier apply(String name) {
        return new Supplier(Stores.persistentKeyValueStore(name), repair, restores);
    }

    private record Supplier(KeyValueBytesStoreSupplier inner, StateRepair repair, RestoreWatch restores)
            implements KeyValueBytesStoreSupplier {

        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new RepairableStore(inner.get(), repair, restores);
        }

        @Override
        public String metricsScope() {
            return inner.metricsScope();
        }
    }
}
