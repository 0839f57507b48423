package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Measures how late warnings are: from deadline + allowedLag, with no grace, until a consumer that reads only what was
 * committed has the record. It defers records that are due soon, and never reports an outcome.
 */
final class WarningLatency {

    /** The default of the service. */
    private static final Duration ALLOWED_LAG = Duration.ofSeconds(5);

    private static final Duration AWAITED = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final String STAGE = "latency";
    private static final long HIGHEST_MS = Duration.ofHours(1).toMillis();

    private final Place place;
    private final Consumer<AuditEvent> sink;
    private final Histogram lateMs = new Histogram(HIGHEST_MS, 3);

    WarningLatency(Place place, Consumer<AuditEvent> sink) {
        this.place = place;
        this.sink = sink;
    }

    /** Returns by how many milliseconds the warnings were late. */
    Histogram measure(Duration time) throws InterruptedException {
        long warnings = time.dividedBy(INTERVAL);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            String topic = place.name() + ".orphans";
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(topic, found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            AtomicBoolean ended = new AtomicBoolean();
            Thread deferring = new Thread(() -> defer(warnings, ended), "deferring");
            deferring.start();
            try {
                await(consumer, warnings, Patience.of(time.plus(PATIENCE)));
            } finally {
                ended.set(true);
                deferring.join();
            }
        }
        return lateMs;
    }

    private void await(KafkaConsumer<byte[], byte[]> consumer, long warnings, Patience patience) {
        while (lateMs.getTotalCount() < warnings) {
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofMillis(100))) {
                read(found, System.currentTimeMillis());
            }
            if (patience.isOver()) {
                throw new BenchFailure(lateMs.getTotalCount() + " of " + warnings + " warnings came.");
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> found, long nowMs) {
        Subject subject = SubjectKey.parse(new String(found.key(), StandardCharsets.UTF_8));
        if (subject.getStage().equals(STAGE) && found.value() != null) {
            long dueMs =
                    Long.parseLong(subject.getId().substring(0, subject.getId().indexOf('-')));
            lateMs.recordValue(Math.max(0, nowMs - dueMs - ALLOWED_LAG.toMillis()));
        }
    }

    private void defer(long warnings, AtomicBoolean ended) {
        long begunNs = System.nanoTime();
        for (long number = 0; number < warnings && !ended.get(); number++) {
            Pacing.await(begunNs + number * INTERVAL.toNanos());
            Instant due = Instant.ofEpochMilli(Instant.now().plus(AWAITED).toEpochMilli());
            Subject subject = new Subject(SubjectKind.RECORD, "bench", STAGE, due.toEpochMilli() + "-" + number);
            sink.accept(LedgerLoad.event(subject, null, number, new Deferred(due, null)));
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", place.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
