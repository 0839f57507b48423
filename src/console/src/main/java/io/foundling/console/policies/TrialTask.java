package io.foundling.console.policies;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Runs one processor without Kafka Streams, with one store and one punctuator, at a time that is given. What the processor
 * forwards goes to an outlet, with the name of the node. What the processors of the ledger do not use is not supported.
 */
final class TrialTask implements ProcessorContext<byte[], byte[]>, AutoCloseable {

    private static final String APPLICATION = "trial";

    private final TaskId id;
    private final StateStore store;
    private final LongSupplier wallMs;
    private final BiConsumer<String, Record<byte[], byte[]>> outlet;
    private final Processor<byte[], byte[], byte[], byte[]> processor;
    private Punctuator punctuator;
    private RecordMetadata position;

    record Position(String topic, int partition, long offset) implements RecordMetadata {}

    TrialTask(
            TaskId id,
            StateStore store,
            LongSupplier wallMs,
            BiConsumer<String, Record<byte[], byte[]>> outlet,
            Processor<byte[], byte[], byte[], byte[]> processor) {
        this.id = id;
        this.store = store;
        this.wallMs = wallMs;
        this.outlet = outlet;
        this.processor = processor;
    }

    void start() {
        processor.init(this);
    }

    void process(Record<byte[], byte[]> record, Position from) {
        position = from;
        processor.process(record);
        position = null;
    }

    /** Lets the processor do once what it does every so often. */
    void turn() {
        punctuator.punctuate(wallMs.getAsLong());
    }

    @Override
    public void close() {
        processor.close();
    }

    @Override
    public String applicationId() {
        return APPLICATION;
    }

    @Override
    public TaskId taskId() {
        return id;
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.ofNullable(position);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends StateStore> S getStateStore(String name) {
        return (S) store;
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        punctuator = callback;
        return () -> {};
    }

    /** Raw, because an array cannot bound a type variable. */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public void forward(Record record, String node) {
        outlet.accept(node, record);
    }

    @Override
    public long currentSystemTimeMs() {
        return wallMs.getAsLong();
    }

    @Override
    public void commit() {
        // Everything counts at once.
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void forward(Record record) {
        throw unsupported("forward to every node");
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator callback) {
        throw unsupported("schedule from a time on");
    }

    @Override
    public long currentStreamTimeMs() {
        throw unsupported("currentStreamTimeMs");
    }

    @Override
    public Serde<?> keySerde() {
        throw unsupported("keySerde");
    }

    @Override
    public Serde<?> valueSerde() {
        throw unsupported("valueSerde");
    }

    @Override
    public File stateDir() {
        throw unsupported("stateDir");
    }

    @Override
    public StreamsMetrics metrics() {
        throw unsupported("metrics");
    }

    @Override
    public Map<String, Object> appConfigs() {
        throw unsupported("appConfigs");
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        throw unsupported("appConfigsWithPrefix");
    }

    private static UnsupportedOperationException unsupported(String what) {
        return new UnsupportedOperationException("a task on trial has no " + what);
    }
}
