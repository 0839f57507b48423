package io.foundling.bench.expiry;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.ledger.LedgerProcessorSupplier;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.task.ThreadTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The ledger task of one partition, over a RocksDB store of its own. */
final class Partition {

    private static final String TOPIC = "audit.events";

    private final int number;
    private final Path directory = Files.createTempDirectory("foundling-bench");
    private final MockProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<Bytes, byte[]> store;
    private final Processor<byte[], byte[], byte[], byte[]> processor;
    private long wallMs = Due.START_MS;
    private long offset;

    Partition(
            int number,
            int partitions,
            InMemoryRegistryClient registry,
            BenchClock clock,
            EmittedWarnings emitted,
            ThreadTime time)
            throws IOException {
        this.number = number;
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench");
        context = new MockProcessorContext<>(properties, new TaskId(0, number), directory.toFile());
        context.setCurrentSystemTimeMs(wallMs);
        store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(Nodes.LEDGER_STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        processor = new LedgerProcessorSupplier(
                        LedgerSettings.defaults(TOPIC, partitions),
                        () -> PolicySet.NONE,
                        clock,
                        emitted,
                        () -> new AvroDeserializer<>(registry, AuditEvent.class),
                        () -> new AvroDeserializer<>(registry, Closure.class),
                        () -> new AvroSerializer<>(registry),
                        Stores.persistentKeyValueStore(Nodes.LEDGER_STORE),
                        time)
                .get();
        processor.init(context);
    }

    void process(byte[] key, byte[] value) {
        context.setRecordMetadata(TOPIC, number, offset++);
        processor.process(new Record<>(key, value, wallMs));
        context.resetForwards();
    }

    /** Does one turn and returns how long it took, in nanoseconds. */
    long punctuate() {
        wallMs += 200;
        context.setCurrentSystemTimeMs(wallMs);
        long began = System.nanoTime();
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(wallMs);
        long took = System.nanoTime() - began;
        context.resetForwards();
        return took;
    }

    void close() {
        processor.close();
        store.close();
        try {
            Utils.delete(directory.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
