package io.foundling.topology.ledger;

import com.sun.management.ThreadMXBean;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.SubjectKey;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.SettableClock;
import io.foundling.topology.harness.StoreTap;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.buffer.BufferedStoreBuilder;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.ThreadTime;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

/**
 * A ledger task over the real store, whose operations and garbage are counted. A commit comes every 100 events, and
 * brings the closures back that were sent.
 */
final class MeteredLedger implements AutoCloseable {

    private static final int EVENTS_A_COMMIT = 100;

    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final StoreTap tap = new StoreTap();
    private final SettableClock clock = new SettableClock();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final AvroSerializer<AuditEvent> serializer = new AvroSerializer<>(registry);
    private final MockProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<Bytes, byte[]> store;
    private final Processor<byte[], byte[], byte[], byte[]> processor;
    private int events;
    private int closures;
    private int accounts;
    private long garbage;

    MeteredLedger(Path directory) {
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
                        () -> PolicySet.NONE,
                        clock,
                        new LedgerListener() {},
                        () -> new AvroDeserializer<>(registry, AuditEvent.class),
                        () -> new AvroDeserializer<>(registry, Closure.class),
                        () -> new AvroSerializer<>(registry),
                        Stores.persistentKeyValueStore(Nodes.LEDGER_STORE),
                        new ThreadTime(System::nanoTime))
                .get();
        processor.init(context);
        tap.beginCounting();
    }

    /** Reads an event. */
    void process(Events event) {
        AuditEvent built = event.build();
        Record<byte[], byte[]> record = new Record<>(
                SubjectKey.of(built.getSubject()).getBytes(StandardCharsets.UTF_8),
                serializer.serialize(TopicNames.EVENTS, built),
                LedgerHarness.START.toEpochMilli());
        context.setRecordMetadata(TopicNames.EVENTS, 0, events);
        long before = threads.getCurrentThreadAllocatedBytes();
        processor.process(record);
        garbage += threads.getCurrentThreadAllocatedBytes() - before;
        events++;
        if (events % EVENTS_A_COMMIT == 0) {
            commit();
        }
    }

    private void commit() {
        long before = threads.getCurrentThreadAllocatedBytes();
        ((CachedStateStore<?, ?>) store).flushCache();
        List<Record<byte[], byte[]>> read = new ArrayList<>();
        for (MockProcessorContext.CapturedForward<? extends byte[], ? extends byte[]> sent : context.forwarded()) {
            String child = sent.childName().orElse("");
            accounts += child.equals(Nodes.ACCOUNTS_SENT) ? 1 : 0;
            if (child.equals(Nodes.CLOSURES)) {
                read.add(new Record<>(
                        sent.record().key(),
                        sent.record().value(),
                        sent.record().timestamp()));
            }
        }
        context.resetForwards();
        for (Record<byte[], byte[]> closure : read) {
            context.setRecordMetadata(TopicNames.CLOSURES, 0, closures++);
            processor.process(closure);
        }
        garbage += threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Lets wall time and the audit clock move to a time after the start, with a turn of the sweep and a commit. */
    void advanceTo(Duration sinceStart) {
        Instant now = LedgerHarness.START.plus(sinceStart);
        clock.set(now);
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        long before = threads.getCurrentThreadAllocatedBytes();
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(now.toEpochMilli());
        garbage += threads.getCurrentThreadAllocatedBytes() - before;
        commit();
    }

    int accounts() {
        return accounts;
    }

    double readsPerEvent() {
        return (double) tap.accesses() / events;
    }

    double writesPerEvent() {
        return (double) tap.writes() / events;
    }

    double bytesPerEvent() {
        return (double) tap.writtenBytes() / events;
    }

    double garbagePerEvent() {
        return (double) garbage / events;
    }

    /** Returns all that is counted, by kind of entry. */
    @Override
    public String toString() {
        return "%.0f bytes of garbage, and of the store%n%s".formatted(garbagePerEvent(), tap.counted(events));
    }

    @Override
    public void close() {
        processor.close();
        store.close();
        serializer.close();
    }
}
