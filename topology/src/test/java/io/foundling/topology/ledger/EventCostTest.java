package io.foundling.topology.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.SettableClock;
import io.foundling.topology.harness.StoreTap;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.buffer.BufferedStoreBuilder;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.ThreadTime;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keeps what an event costs: store operations, bytes and garbage, which do not depend on the machine. A subject is
 * deferred, and completed 1,000 subjects later; a commit comes every 100 events. A limit that is exceeded is to be
 * justified where it is raised.
 */
class EventCostTest {

    private static final int SUBJECTS = 4_000;
    private static final int OPEN = 1_000;
    private static final int EVENTS_A_COMMIT = 100;

    @TempDir
    private Path directory;

    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final StoreTap tap = new StoreTap();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private MockProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> store;
    private Processor<byte[], byte[], byte[], byte[]> processor;
    private int events;
    private long garbage;

    @BeforeEach
    void open() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "cost");
        context = new MockProcessorContext<>(properties, new TaskId(0, 0), directory.toFile());
        context.setCurrentSystemTimeMs(LedgerHarness.START.toEpochMilli());
        store = new BufferedStoreBuilder(tap, StoreKeys.DERIVED)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        processor = new LedgerProcessorSupplier(
                        LedgerSettings.defaults(TopicNames.EVENTS, 1),
                        new SettableClock(),
                        new LedgerListener() {},
                        () -> new AvroDeserializer<>(registry, AuditEvent.class),
                        () -> new AvroDeserializer<>(registry, Closure.class),
                        () -> new AvroSerializer<>(registry),
                        Stores.persistentKeyValueStore(Nodes.LEDGER_STORE),
                        new ThreadTime(System::nanoTime))
                .get();
        processor.init(context);
    }

    @AfterEach
    void close() {
        processor.close();
        store.close();
    }

    @Test
    void shouldCostNoMoreThanItDid() {
        int accesses = tap.accesses();
        int writes = tap.writes();
        long bytes = tap.writtenBytes();
        try (AvroSerializer<AuditEvent> serializer = new AvroSerializer<>(registry)) {
            for (int number = 0; number < SUBJECTS + OPEN; number++) {
                if (number < SUBJECTS) {
                    process(
                            Events.deferred("r" + number).dueAt(LedgerHarness.START.plus(Duration.ofDays(1))),
                            serializer);
                }
                if (number >= OPEN) {
                    process(Events.completed("r" + (number - OPEN)), serializer);
                }
            }
        }

        assertThat(perEvent(tap.accesses() - accesses)).as("reads and batches").isLessThan(1.03);
        // The subject, and its entry in the expiry index: written once, and moved once.
        assertThat(perEvent(tap.writes() - writes)).as("keys written").isLessThan(1.55);
        assertThat(perEvent(tap.writtenBytes() - bytes)).as("bytes written").isLessThan(122);
        assertThat(perEvent(garbage)).as("bytes of garbage").isLessThan(21_500);
    }

    private double perEvent(double count) {
        return count / events;
    }

    private void process(Events event, AvroSerializer<AuditEvent> serializer) {
        AuditEvent built = event.build();
        Record<byte[], byte[]> record = new Record<>(
                Events.key(built.getSubject().getId()).getBytes(StandardCharsets.UTF_8),
                serializer.serialize(TopicNames.EVENTS, built),
                LedgerHarness.START.toEpochMilli());
        context.setRecordMetadata(TopicNames.EVENTS, 0, events);
        long before = threads.getCurrentThreadAllocatedBytes();
        processor.process(record);
        events++;
        if (events % EVENTS_A_COMMIT == 0) {
            ((CachedStateStore<?, ?>) store).flushCache();
            context.resetForwards();
        }
        garbage += threads.getCurrentThreadAllocatedBytes() - before;
    }
}
