package io.foundling.bench.ledger;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertType;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the alerts about stale scopes as they are committed, and counts their records. */
final class StaleAlerts implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Alert> alerts;
    private final Map<String, Long> counts = new HashMap<>();
    private long records;
    private int largest;

    StaleAlerts(Place place) {
        topic = place.name() + ".alerts";
        alerts = AvroSerdes.deserializer(Map.of(AvroConfig.REGISTRY_URL, place.registryUrl()), Alert.class);
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", place.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(found -> new TopicPartition(topic, found.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Waits until the alerts that fire count so many scopes. */
    void await(long stale) {
        Patience patience = Patience.of(PATIENCE);
        while (stale() != stale) {
            if (patience.isOver()) {
                throw new BenchFailure("The alerts count " + stale() + " stale scopes, expected " + stale + ".");
            }
            consumer.poll(POLL).forEach(this::read);
        }
    }

    private long stale() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void read(ConsumerRecord<byte[], byte[]> found) {
        Alert alert = found.value() == null ? null : alerts.deserialize(topic, found.value());
        if (alert != null && alert.getType() == AlertType.STALE_SCOPE) {
            counts.put(new String(found.key(), StandardCharsets.UTF_8), alert.getCount());
            largest = Math.max(largest, found.value().length);
            records++;
        }
    }

    /** Returns how many records were read so far. */
    long records() {
        return records;
    }

    /** Returns how many bytes the largest of them has. */
    int largest() {
        return largest;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
