package io.foundling.service.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foundling.service.rocksdb.RocksDbMemory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RepairableStoreTest {

    private static final String STORE = "store";
    private static final int ENTRIES = 1_000;

    private final AtomicInteger repairs = new AtomicInteger();

    private final RocksDbMemory memory = new RocksDbMemory(8 << 20);

    @TempDir
    private Path directory;

    private StateRepair repair;
    private RestoreWatch restores;

    @BeforeEach
    void watch() {
        StateDirectory stateDirectory = new StateDirectory(directory);
        repair = new StateRepair(stateDirectory, repairs::incrementAndGet, InstantSource.system());
        restores = new RestoreWatch(stateDirectory, changelog -> 0, why -> {});
    }

    @AfterEach
    void closeMemory() {
        memory.close();
    }

    @Test
    void shouldShowWhatWasWrittenAndNothingElseWhenItIsInOrder() {
        try (TopologyTestDriver driver = written(repairable())) {
            assertThat(keys(driver, null, null)).hasSize(ENTRIES);
            assertThat(keys(driver, key(3), key(5))).containsExactly(key(3), key(4), key(5));
            assertThat(keys(driver, key(ENTRIES - 1), null)).containsExactly(key(ENTRIES - 1));
            assertThat(keys(driver, Bytes.wrap(new byte[] {0x7F}), null)).isEmpty();
            assertThat(repairs).hasValue(0);
        }
    }

    /** Why a scan is watched: the store of Kafka Streams shows fewer entries, and says nothing. */
    @Test
    void shouldEndEarlyWithoutAWordWhenTheStoreOfKafkaStreamsMeetsADamagedTable() throws IOException {
        try (TopologyTestDriver driver = written(Stores.persistentKeyValueStore(STORE))) {
            flipABitInTheMiddle();

            assertThat(keys(driver, null, null)).hasSizeLessThan(ENTRIES);
        }
    }

    @Test
    void shouldFailRatherThanEndEarlyWhenAScanMeetsADamagedTable() throws IOException {
        try (TopologyTestDriver driver = written(repairable())) {
            flipABitInTheMiddle();

            assertThatExceptionOfType(DamagedStateException.class).isThrownBy(() -> keys(driver, null, null));
            assertThat(repairs).hasValue(1);
        }
    }

    @Test
    void shouldFailWhenAnEntryIsInADamagedTable() throws IOException {
        try (TopologyTestDriver driver = written(repairable())) {
            flipABitInTheMiddle();
            KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(STORE);

            assertThatExceptionOfType(DamagedStateException.class).isThrownBy(() -> {
                for (int i = 0; i < ENTRIES; i++) {
                    store.get(key(i));
                }
            });
            assertThat(repairs).hasValue(1);
        }
    }

    @Test
    void shouldKeepNoOffsetUntilAllOfItIsRestored() {
        // Given
        TopicPartition changelog = new TopicPartition("changelog", 3);
        Map<Object, Object> kept = new HashMap<>();
        RepairableStore store = new RepairableStore(commitsInto(kept), repair, restores);
        restores.opened(changelog, null);

        // When
        store.commit(Map.of(changelog, 26L));

        // Then
        assertThat(kept).containsOnly(Map.entry(changelog, -4L));
        restores.onRestoreEnd(changelog, STORE, 20);
        store.commit(Map.of(changelog, 26L));
        assertThat(kept).containsOnly(Map.entry(changelog, 26L));
    }

    private static KeyValueStore<Bytes, byte[]> commitsInto(Map<Object, Object> kept) {
        @SuppressWarnings("unchecked")
        KeyValueStore<Bytes, byte[]> store = (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                KeyValueStore.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        kept.putAll((Map<?, ?>) arguments[0]);
                    }
                    return null;
                });
        return store;
    }

    private KeyValueBytesStoreSupplier repairable() {
        return new RepairableStores(repair, restores).apply(STORE);
    }

    /** Returns a driver whose store has most of its entries in tables. */
    private TopologyTestDriver written(KeyValueBytesStoreSupplier supplier) {
        TopologyTestDriver driver = driver(supplier);
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(STORE);
        for (int i = 0; i < ENTRIES; i++) {
            store.put(key(i), new byte[6_000]);
        }
        return driver;
    }

    private static List<Bytes> keys(TopologyTestDriver driver, Bytes from, Bytes to) {
        try (KeyValueIterator<Bytes, byte[]> entries =
                driver.<Bytes, byte[]>getKeyValueStore(STORE).range(from, to)) {
            List<Bytes> keys = new ArrayList<>();
            entries.forEachRemaining(entry -> keys.add(entry.key));
            return keys;
        }
    }

    private static Bytes key(int number) {
        return Bytes.wrap("%04d".formatted(number).getBytes());
    }

    private void flipABitInTheMiddle() throws IOException {
        try (RandomAccessFile table = table()) {
            table.seek(table.length() / 2);
            int found = table.read();
            table.seek(table.length() / 2);
            table.write(found ^ 1);
        }
    }

    private RandomAccessFile table() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            Path largest = files.filter(file -> file.toString().endsWith(".sst"))
                    .max((one, other) ->
                            Long.compare(one.toFile().length(), other.toFile().length()))
                    .orElseThrow();
            return new RandomAccessFile(largest.toFile(), "rw");
        }
    }

    private TopologyTestDriver driver(KeyValueBytesStoreSupplier supplier) {
        Topology topology = new Topology()
                .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "topic")
                .addProcessor("processor", Idle::new, "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                                .withLoggingDisabled(),
                        "processor");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "repairable-store");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.putAll(memory.streamsConfig());
        return new TopologyTestDriver(topology, properties);
    }

    private static final class Idle extends ContextualProcessor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {}
    }
}
