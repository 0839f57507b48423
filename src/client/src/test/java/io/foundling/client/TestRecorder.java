package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.internal.delivery.EventPipeline;
import io.foundling.client.internal.delivery.TestSpools;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.client.internal.spool.FailingDisk;
import io.foundling.client.internal.spool.Spool;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/** Describes a recorder over a fake producer. Without an interval it has no thread. */
public final class TestRecorder {

    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    static final Duration SHORT = Duration.ofMillis(50);
    static final Duration LONG = Duration.ofMinutes(1);

    final InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "audit.bootstrap.servers", "unused:1",
            "audit.schema.registry.url", "mock://unused",
            "audit.service", "declarations",
            "audit.instance", "pod-1",
            "audit.version", "1.2",
            "audit.drain.interval.ms", "0"));

    TestRecorder with(RecorderSetting setting, Object value) {
        properties.put(setting.key(), value.toString());
        return this;
    }

    TestRecorder withKafka(String setting, Object value) {
        properties.put(RecorderSetting.KAFKA_PREFIX + setting, value.toString());
        return this;
    }

    TestRecorder withDefault(RecorderSetting setting, Object value) {
        properties.putIfAbsent(setting.key(), value.toString());
        return this;
    }

    /** With a spool of 1 MiB, which nobody waits for longer than the test does. */
    TestRecorder withSpool(Path directory) {
        return withSpool(RecorderSetting.SPOOL_DIRECTORY, directory);
    }

    /** With a spool of 1 MiB beside those of the other instances. */
    TestRecorder withSpoolBelow(Path root, String instance) {
        return withSpool(RecorderSetting.SPOOL_ROOT, root).with(RecorderSetting.INSTANCE, instance);
    }

    private TestRecorder withSpool(RecorderSetting place, Path path) {
        return withThread()
                .with(RecorderSetting.QUEUE_FULL, QueueFullPolicy.SPILL)
                .with(RecorderSetting.QUEUE_BLOCK_MS, 60_000)
                .with(place, path)
                .with(RecorderSetting.SPOOL_MAXBYTES, 1 << 20);
    }

    TestRecorder withThread() {
        return with(RecorderSetting.DRAIN_INTERVAL_MS, 1);
    }

    KafkaAuditRecorder over(Producer<String, AuditEvent> producer) {
        return made(() -> producer, TestSpools::open, metrics);
    }

    KafkaAuditRecorder over(Producer<String, AuditEvent> producer, FailingDisk disk) {
        return made(() -> producer, spool -> TestSpools.open(spool, disk), metrics);
    }

    KafkaAuditRecorder over(Producer<String, AuditEvent> producer, RecorderMetrics otherMetrics) {
        return made(() -> producer, TestSpools::open, otherMetrics);
    }

    KafkaAuditRecorder overMade(Supplier<Producer<String, AuditEvent>> producers) {
        return made(producers, TestSpools::open, metrics);
    }

    KafkaAuditRecorder overMade(Supplier<Producer<String, AuditEvent>> producers, FailingDisk disk) {
        return made(producers, spool -> TestSpools.open(spool, disk), metrics);
    }

    private KafkaAuditRecorder made(
            Supplier<Producer<String, AuditEvent>> producers,
            Function<RecorderSettings.Spool, Spool> spools,
            RecorderMetrics where) {
        return new KafkaAuditRecorder(new EventPipeline(
                RecorderSettings.fromProperties(properties),
                producers,
                spools,
                where,
                Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    public static Subject subject(String id) {
        return new Subject(SubjectKind.RECORD, "university", "declaration", id);
    }

    public static Subject subject(int id) {
        return subject(Integer.toString(id));
    }
}
