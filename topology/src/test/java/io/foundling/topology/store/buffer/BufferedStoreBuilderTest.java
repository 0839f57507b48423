package io.foundling.topology.store.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka Streams calls the hook of the buffer before a commit. If it no longer does, nothing at all is logged. */
class BufferedStoreBuilderTest {

    private static final String STORE = "buffered";

    private static final byte DERIVED = 50;
    private static final byte STAMP = 60;
    private static final byte OWN_STAMP = 61;
    private static final byte FORMER = 62;
    private static final byte DELETES = 0;
    private static final DerivedEntries ENTRIES = new DerivedEntries(
            key -> key.get()[0] == DERIVED || key.get()[0] == OWN_STAMP, key(STAMP), key(OWN_STAMP), key(FORMER));

    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(new Counting());
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "hook");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(builder.build(), properties);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldLogEachKeyOnceACommit() {
        TestOutputTopic<Bytes, byte[]> changelog = driver.createOutputTopic(
                "hook-" + STORE + "-changelog", new BytesDeserializer(), new ByteArrayDeserializer());

        // When: each record writes one key as often as its value says, and the driver commits after it
        driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new byte[] {1}, new byte[] {5});

        // Then
        assertThat(changelog.readKeyValuesToList())
                .filteredOn(each -> !each.key.equals(ENTRIES.stamp()))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.key).isEqualTo(key((byte) 1));
                    assertThat(each.value).containsExactly(5);
                });
    }

    @Test
    void shouldNotLogDerivedEntriesAndStampBothPartsWithEachChange() {
        TestOutputTopic<Bytes, byte[]> changelog = driver.createOutputTopic(
                "hook-" + STORE + "-changelog", new BytesDeserializer(), new ByteArrayDeserializer());
        TestInputTopic<byte[], byte[]> in =
                driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());

        // When
        in.pipeInput(new byte[] {DERIVED}, new byte[] {1});

        // Then
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(STORE);
        assertThat(store.get(key(DERIVED))).containsExactly(1);
        assertThat(changelog.isEmpty()).isTrue();
        assertThat(ENTRIES.areCurrent(store)).isTrue();

        // When
        in.pipeInput(new byte[] {1}, new byte[] {1});
        byte[] first = store.get(ENTRIES.stamp());
        in.pipeInput(new byte[] {1}, new byte[] {2});

        // Then
        assertThat(changelog.readKeyValuesToMap()).containsOnlyKeys(key((byte) 1), ENTRIES.stamp());
        assertThat(store.get(ENTRIES.stamp())).isNotEqualTo(first);
        assertThat(ENTRIES.areCurrent(store)).isTrue();
    }

    @Test
    void shouldLogDeletionsOfDerivedEntriesWhereAnEarlierBuildLoggedThem() {
        TestOutputTopic<Bytes, byte[]> changelog = driver.createOutputTopic(
                "hook-" + STORE + "-changelog", new BytesDeserializer(), new ByteArrayDeserializer());
        TestInputTopic<byte[], byte[]> in =
                driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
        in.pipeInput(new byte[] {DERIVED}, new byte[] {1});

        // When
        in.pipeInput(new byte[] {FORMER}, new byte[] {1});
        in.pipeInput(new byte[] {DERIVED}, new byte[] {DELETES});

        // Then
        assertThat(changelog.readKeyValuesToMap())
                .containsOnlyKeys(key(FORMER), key(DERIVED), ENTRIES.stamp())
                .containsEntry(key(DERIVED), null);
    }

    /** A pass that makes them anew may be flushed before it is over. */
    @Test
    void shouldNotStampDerivedEntriesThatDoNotBelongToTheOthers() {
        TestInputTopic<byte[], byte[]> in =
                driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
        in.pipeInput(new byte[] {1}, new byte[] {1});
        in.pipeInput(new byte[] {OWN_STAMP}, new byte[] {1});

        // When
        in.pipeInput(new byte[] {1}, new byte[] {2});

        // Then
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(STORE);
        assertThat(ENTRIES.areCurrent(store)).isFalse();

        // When
        ENTRIES.made(store);

        // Then
        assertThat(ENTRIES.areCurrent(store)).isTrue();
    }

    private static Bytes key(byte key) {
        return Bytes.wrap(new byte[] {key});
    }

    private static final class Counting implements ProcessorSupplier<byte[], byte[], Void, Void> {

        @Override
        public Processor<byte[], byte[], Void, Void> get() {
            return new ContextualProcessor<>() {
                @Override
                public void process(Record<byte[], byte[]> record) {
                    KeyValueStore<Bytes, byte[]> store = context().getStateStore(STORE);
                    if (record.value()[0] == DELETES) {
                        store.delete(Bytes.wrap(record.key()));
                    }
                    for (byte count = 1; count <= record.value()[0]; count++) {
                        store.put(Bytes.wrap(record.key()), new byte[] {count});
                    }
                }
            };
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(new BufferedStoreBuilder(Stores.persistentKeyValueStore(STORE), ENTRIES));
        }
    }
}
