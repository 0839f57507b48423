package io.foundling.topology.store.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.names.Nodes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To its reader a buffered store is like any other store, whether and whenever it is flushed. */
class BufferedStoreTest {

    private static final int KEYS = 40;
    private static final int SMALL = 500;

    @TempDir
    private Path directory;

    private final TreeMap<Bytes, byte[]> expected = new TreeMap<>();
    private KeyValueStore<Bytes, byte[]> inner;
    private BufferedStore store;
    private MockProcessorContext<Void, Void> context;

    @BeforeEach
    void open() {
        open(Integer.MAX_VALUE);
        context.setRecordMetadata("any", 0, 0);
    }

    private void open(int maxBytes) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "buffered");
        context = new MockProcessorContext<>(properties, new TaskId(0, 0), directory.toFile());
        inner = Stores.persistentKeyValueStore(Nodes.LEDGER_STORE).get();
        store = new BufferedStore(inner, inner, DerivedEntries.NONE, maxBytes);
        store.init(context.getStateStoreContext(), store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReadLikeAnyStore(long seed) {
        randomSteps(new Random(seed), 3_000);
    }

    @Test
    void shouldReadLikeAnyStoreWhenItIsOftenFull() {
        store.close();
        open(SMALL);
        context.setRecordMetadata("any", 0, 0);
        randomSteps(new Random(6), 3_000);
    }

    private void randomSteps(Random random, int steps) {
        for (int step = 0; step < steps; step++) {
            Bytes key = key(random.nextInt(KEYS));
            byte[] value = new byte[random.nextInt(4)];
            random.nextBytes(value);
            switch (random.nextInt(8)) {
                case 0 -> {
                    assertThat(store.delete(key)).isEqualTo(expected.remove(key));
                }
                case 1 -> {
                    assertThat(store.putIfAbsent(key, value)).isEqualTo(expected.putIfAbsent(key, value));
                }
                case 2 -> {
                    Bytes other = key(random.nextInt(KEYS));
                    store.putAll(List.of(KeyValue.pair(key, null), KeyValue.pair(other, value)));
                    expected.remove(key);
                    expected.put(other, value);
                }
                case 3 -> store.flushCache();
                case 4 -> {
                    Bytes to = key(random.nextInt(KEYS));
                    assertRange(key, to);
                }
                default -> {
                    store.put(key, value);
                    expected.put(key, value);
                }
            }
            assertThat(store.get(key)).isEqualTo(expected.get(key));
        }
        assertThat(read(store.all())).containsExactlyElementsOf(entries(expected));
        store.flushCache();
        assertThat(read(inner.all())).containsExactlyElementsOf(entries(expected));
    }

    private void assertRange(Bytes from, Bytes to) {
        assertThat(read(store.range(from, to)))
                .containsExactlyElementsOf(
                        from.compareTo(to) > 0 ? List.of() : entries(expected.subMap(from, true, to, true)));
    }

    @Test
    void shouldShowTheStoreAsItWasWhenAnIteratorWasMade() {
        store.put(key(1), new byte[] {1});
        store.flushCache();
        store.put(key(2), new byte[] {2});
        store.put(key(4), new byte[] {4});
        store.put(key(5), new byte[] {5});

        List<String> read = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            store.put(key(1), new byte[] {9});
            store.put(key(3), new byte[] {3});
            store.put(key(4), null);
            all.forEachRemaining(each -> read.add(text(each.key, each.value)));
        }

        assertThat(read)
                .containsExactly(
                        text(key(1), new byte[] {1}),
                        text(key(2), new byte[] {2}),
                        text(key(4), new byte[] {4}),
                        text(key(5), new byte[] {5}));
        assertThat(read(store.all()))
                .containsExactly(
                        text(key(1), new byte[] {9}),
                        text(key(2), new byte[] {2}),
                        text(key(3), new byte[] {3}),
                        text(key(5), new byte[] {5}));
    }

    @Test
    void shouldWriteNothingBeforeTheCommitUnlessItIsFull() {
        store.put(key(1), new byte[100]);
        assertThat(inner.get(key(1))).isNull();

        store.flushCache();
        assertThat(inner.get(key(1))).hasSize(100);

        store.close();
        open(SMALL);
        context.setRecordMetadata("any", 0, 0);
        store.put(key(2), new byte[SMALL]);
        assertThat(inner.get(key(2))).hasSize(SMALL);
        assertThat(store.approximateNumUncommittedBytes()).isZero();
    }

    @Test
    void shouldKeepWhatCannotBeLoggedYet() {
        // Given: a task that has begun, and read nothing
        store.close();
        open(Integer.MAX_VALUE);
        store.put(key(1), new byte[1]);

        // When
        store.flushCache();

        // Then
        assertThat(inner.get(key(1))).isNull();
        assertThat(store.get(key(1))).hasSize(1);
    }

    @Test
    void shouldForgetWhatWasNotCommittedInAnotherLifeOfItsTask() {
        store.put(key(1), new byte[1]);
        store.clearCache();
        assertThat(store.get(key(1))).isNull();

        store.put(key(2), new byte[1]);
        store.close();
        open();
        assertThat(read(store.all())).isEmpty();
    }

    private static Bytes key(int number) {
        // Also bytes above 127, which come last.
        return Bytes.wrap(new byte[] {(byte) (number * 13), (byte) number});
    }

    private static List<String> read(KeyValueIterator<Bytes, byte[]> entries) {
        List<String> read = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(each -> read.add(text(each.key, each.value)));
        }
        return read;
    }

    private static List<String> entries(Map<Bytes, byte[]> entries) {
        return entries.entrySet().stream()
                .map(each -> text(each.getKey(), each.getValue()))
                .toList();
    }

    private static String text(Bytes key, byte[] value) {
        return key + "=" + Arrays.toString(value);
    }
}
