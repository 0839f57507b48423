package io.foundling.bench.intake;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A program that sends events of the same content with Kafka's producer, as a service without the intake would. */
final class PlainProducer {

    private static final Subject BATCH =
            new Subject(SubjectKind.BATCH, "university", "declaration", "2026-09-01/evening");

    private PlainProducer() {}

    /** @param arguments brokers, registry, topic, seconds of warm-up, seconds */
    public static void main(String[] arguments) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", arguments[0], "acks", "all", "compression.type", "lz4", "linger.ms", "5");
        try (KafkaProducer<String, AuditEvent> producer = new KafkaProducer<>(
                settings,
                new StringSerializer(),
                AvroSerdes.serializer(Map.of("schema.registry.url", arguments[1]), false))) {
            send(producer, arguments[2], Duration.ofSeconds(Long.parseLong(arguments[3])));
            long cpuNs = cpuNs();
            long begunNs = System.nanoTime();
            long sent = send(producer, arguments[2], Duration.ofSeconds(Long.parseLong(arguments[4])));
            producer.flush();
            double seconds = (System.nanoTime() - begunNs) / 1e9;
            System.out.printf("sent %d %.3f %.3f end%n", sent, seconds, (cpuNs() - cpuNs) / 1e9);
        }
    }

    private static long cpuNs() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long send(KafkaProducer<String, AuditEvent> producer, String topic, Duration time) {
        long endNs = System.nanoTime() + time.toNanos();
        long sent = 0;
        while (System.nanoTime() < endNs) {
            AuditEvent event = event(UUID.randomUUID());
            producer.send(new ProducerRecord<>(topic, SubjectKey.of(event.getSubject()), event));
            sent++;
        }
        return sent;
    }

    private static AuditEvent event(UUID id) {
        return new AuditEvent(
                id,
                new Subject(
                        SubjectKind.RECORD,
                        "university",
                        "declaration",
                        "D-2026-" + Long.toHexString(id.getLeastSignificantBits())),
                BATCH,
                null,
                Instant.now(),
                null,
                Map.of("faculty", "law", "semester", "2026-autumn"),
                new Producer("bench", "one", "1", 0L),
                null,
                new Deferred(Instant.parse("2026-09-02T18:00:00Z"), null));
    }
}
