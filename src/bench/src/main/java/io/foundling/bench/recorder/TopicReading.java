package io.foundling.bench.recorder;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroSerdes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the records that have arrived in the topic of a site. No other program may write to the topic meanwhile. */
final class TopicReading implements AutoCloseable {

    private final KafkaConsumer<String, AuditEvent> consumer;
    private final List<TopicPartition> partitions;

    TopicReading(Site site) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", site.bootstrapServers()),
                new StringDeserializer(),
                AvroSerdes.deserializer(site.registry(), AuditEvent.class));
        partitions = consumer.partitionsFor(site.topic()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /** Reads every record that has arrived after these offsets. */
    Arrivals after(Map<TopicPartition, Long> begins) {
        Map<TopicPartition, Long> ends = ends();
        begins.forEach(consumer::seek);
        Set<UUID> events = new HashSet<>();
        long records = 0;
        long lastMs = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, AuditEvent> found : consumer.poll(Duration.ofSeconds(1))) {
                events.add(found.value().getEventId());
                records++;
                lastMs = Math.max(lastMs, found.timestamp());
            }
        }
        return new Arrivals(events.size(), records - events.size(), lastMs);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
