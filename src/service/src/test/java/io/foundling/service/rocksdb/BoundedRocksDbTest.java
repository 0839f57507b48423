package io.foundling.service.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

final class BoundedRocksDbTest {

    private static final int MIB = 1 << 20;
    private static final List<String> STORES = List.of("one", "two", "three");

    @Test
    void shouldKeepTheMemtablesOfAllStoresWithinTheBoundWhenMoreIsWritten(@TempDir Path directory) {
        try (RocksDbMemory memory = new RocksDbMemory(8 * MIB);
                TopologyTestDriver driver = driver(directory, memory)) {
            // When: 16 MiB in each of three stores, which would hold all of it in their memtables
            byte[] value = new byte[MIB / 64];
            double most = 0;
            for (int i = 0; i < 1024; i++) {
                for (String store : STORES) {
                    driver.<String, byte[]>getKeyValueStore(store).put(Integer.toString(i), value);
                }
                if (i % 32 == 0) {
                    most = Math.max(most, sum(driver, "size-all-mem-tables"));
                }
            }

            // Then
            assertThat(most).isBetween(1.0 * MIB, 16.0 * MIB);
        }
    }

    @Test
    void shouldShareOneCacheBetweenAllStores(@TempDir Path directory) {
        try (RocksDbMemory memory = new RocksDbMemory(8 * MIB);
                TopologyTestDriver driver = driver(directory, memory)) {
            assertThat(values(driver, "block-cache-capacity"))
                    .hasSameSizeAs(STORES)
                    .containsOnly(8.0 * MIB);
            assertThat(values(driver, "block-cache-usage"))
                    .hasSameSizeAs(STORES)
                    .containsOnly((double) memory.usedBytes());
        }
    }

    @Test
    void shouldKeepIndexesAndFiltersInTheSharedCache() {
        try (RocksDbMemory memory = new RocksDbMemory(8 * MIB);
                Options options = new Options()) {
            options.setTableFormatConfig(new BlockBasedTableConfig());

            new BoundedRocksDb().setConfig("one", options, memory.streamsConfig());

            assertThat(((BlockBasedTableConfig) options.tableFormatConfig()).cacheIndexAndFilterBlocks())
                    .isTrue();
        }
    }

    @Test
    void shouldOutliveTheStoresWhenTheyAreOpenedAgain(@TempDir Path directory) {
        try (RocksDbMemory memory = new RocksDbMemory(8 * MIB)) {
            for (int start = 0; start < 3; start++) {
                try (TopologyTestDriver driver = driver(directory.resolve(Integer.toString(start)), memory)) {
                    KeyValueStore<String, byte[]> store = driver.getKeyValueStore("one");
                    store.put("key", new byte[] {1});
                    assertThat(store.get("key")).containsExactly(1);
                }
            }
        }
    }

    @Test
    void shouldRefuseToOpenAStoreWhenTheSharedMemoryIsMissing() {
        try (Options options = new Options()) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> new BoundedRocksDb().setConfig("one", options, Map.of()))
                    .withMessage("store one is opened without foundling.rocksdb.memory");
        }
    }

    private static double sum(TopologyTestDriver driver, String metric) {
        return values(driver, metric).stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Returns a RocksDB figure of every store. */
    private static List<Double> values(TopologyTestDriver driver, String metric) {
        return driver.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(metric))
                .map(entry -> ((Number) entry.getValue().metricValue()).doubleValue())
                .toList();
    }

    private static TopologyTestDriver driver(Path directory, RocksDbMemory memory) {
        Topology topology = new Topology();
        topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "audit.events");
        topology.addProcessor("processor", Ignoring::new, "source");
        STORES.forEach(name -> topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray()),
                "processor"));
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "bounded");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        config.putAll(memory.streamsConfig());
        return new TopologyTestDriver(topology, config);
    }

    private static final class Ignoring extends ContextualProcessor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> ignored) {}
    }
}
