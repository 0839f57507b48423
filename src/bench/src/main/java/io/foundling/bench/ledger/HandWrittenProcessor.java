package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.bench.job.ReadingClock;
import io.foundling.bench.job.SubjectFold;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Encodes a state once, for store and output. The key of the index is the deadline and then the subject. */
final class HandWrittenProcessor implements Processor<String, AuditEvent, String, byte[]> {

    static final String STATES = "states";
    static final String DEADLINES = "deadlines";

    private static final byte[] PRESENT = {};

    private final Serializer<Disposition> serializer;
    private final Deserializer<Disposition> deserializer;
    private final String output;
    private ReadingClock clock;
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, byte[]> states;
    private KeyValueStore<byte[], byte[]> deadlines;
    private long sweptMs;

    HandWrittenProcessor(Serializer<Disposition> serializer, Deserializer<Disposition> deserializer, String output) {
        this.serializer = serializer;
        this.deserializer = deserializer;
        this.output = output;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        clock = new ReadingClock(context::currentSystemTimeMs);
        states = context.getStateStore(STATES);
        deadlines = context.getStateStore(DEADLINES);
        context.schedule(Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, now -> sweep());
    }

    @Override
    public void process(Record<String, AuditEvent> record) {
        clock.read(record.timestamp());
        byte[] stored = states.get(record.key());
        Disposition known = stored == null ? null : deserializer.deserialize(output, stored);
        Disposition next = known == null ? SubjectFold.first(record.value()) : SubjectFold.next(known, record.value());
        long before = known == null ? SubjectFold.NO_DEADLINE : SubjectFold.deadlineMs(known);
        long after = SubjectFold.deadlineMs(next);
        if (before != after) {
            move(record.key(), before, after);
        }
        save(record.key(), next, record.timestamp());
    }

    private void move(String key, long before, long after) {
        if (before != SubjectFold.NO_DEADLINE) {
            deadlines.delete(indexKey(before, key));
        }
        if (after != SubjectFold.NO_DEADLINE) {
            deadlines.put(indexKey(after, key), PRESENT);
            sweptMs = Math.min(sweptMs, after);
        }
    }

    private void save(String key, Disposition state, long timestamp) {
        byte[] encoded = serializer.serialize(output, state);
        states.put(key, encoded);
        context.forward(new Record<>(key, encoded, timestamp));
    }

    /** Begins where the last one ended: the tombstones before it would cost more than the entries. */
    private void sweep() {
        long nowMs = clock.nowMs();
        if (nowMs <= sweptMs) {
            return;
        }
        try (KeyValueIterator<byte[], byte[]> due = deadlines.range(time(sweptMs), time(nowMs))) {
            while (due.hasNext()) {
                emit(due.next(), nowMs);
            }
        }
        sweptMs = nowMs;
    }

    private void emit(KeyValue<byte[], byte[]> due, long nowMs) {
        String key = new String(due.key, Long.BYTES, due.key.length - Long.BYTES, StandardCharsets.UTF_8);
        Disposition known = deserializer.deserialize(output, states.get(key));
        deadlines.delete(due.key);
        save(key, SubjectFold.overdue(known, nowMs), nowMs);
    }

    private static byte[] time(long ms) {
        return ByteBuffer.allocate(Long.BYTES).putLong(ms).array();
    }

    private static byte[] indexKey(long ms, String key) {
        byte[] subject = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + subject.length)
                .putLong(ms)
                .put(subject)
                .array();
    }
}
