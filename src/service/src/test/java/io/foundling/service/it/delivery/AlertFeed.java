package io.foundling.service.it.delivery;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.topology.alert.CloudEvents;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes alerts as the ledger does. Each change of an alert has the next number. */
final class AlertFeed implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<Alert> serializer;
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Instant> starts = new HashMap<>();

    AlertFeed(LocalStack stack) {
        this(Map.of("bootstrap.servers", stack.bootstrapServers()), Map.of("schema.registry.url", stack.registryUrl()));
    }

    /** With settings of the clients under their own keys. */
    AlertFeed(Map<String, String> kafka, Map<String, String> avro) {
        serializer = AvroSerdes.serializer(avro, false);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("linger.ms", "5");
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static String key(String stage) {
        return "orphaned/university/" + stage;
    }

    void fires(String stage, long count) {
        fires(stage, count, "warning");
    }

    void fires(String stage, long count, String severity) {
        Instant start = starts.computeIfAbsent(stage, ignored -> Instant.now().truncatedTo(ChronoUnit.MILLIS));
        send(stage, AlertStatus.FIRING, count, severity, start, null);
    }

    void resolves(String stage) {
        send(stage, AlertStatus.RESOLVED, 0, "warning", starts.remove(stage), Instant.now());
    }

    private void send(String stage, AlertStatus status, long count, String severity, Instant start, Instant end) {
        Map<String, String> labels = new TreeMap<>(
                Map.of("alertname", "FoundlingOrphaned", "severity", severity, "source", "university", "stage", stage));
        Alert alert = Alert.newBuilder()
                .setType(AlertType.ORPHANED)
                .setStatus(status)
                .setCount(count)
                .setSamples(count == 0 ? List.of() : List.of("record/university/" + stage + "/4711"))
                .setLabels(labels)
                .setAnnotations(Map.of("summary", count + " orphans"))
                .setStartsAt(start)
                .setEndsAt(end)
                .build();
        long version = versions.merge(stage, 1L, Long::sum);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                TopicNames.ALERTS,
                key(stage).getBytes(StandardCharsets.UTF_8),
                serializer.serialize(TopicNames.ALERTS, alert));
        String id = key(stage) + '#' + version;
        record.headers().add(new RecordHeader(CloudEvents.ID, id.getBytes(StandardCharsets.UTF_8)));
        producer.send(record);
    }

    /** Returns once everything is on the broker. */
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
