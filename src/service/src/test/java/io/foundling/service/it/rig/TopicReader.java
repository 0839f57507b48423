package io.foundling.service.it.rig;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their beginning to what is their end now, with a plain consumer. */
public record TopicReader(String bootstrapServers) {

    /** Returns what a consumer with read_committed sees. */
    public List<ConsumerRecord<String, byte[]>> committed(String topic) {
        return records(topic, "read_committed");
    }

    /** Returns what was written, whether its transaction was committed or aborted. */
    public List<ConsumerRecord<String, byte[]>> written(String topic) {
        return records(topic, "read_uncommitted");
    }

    private List<ConsumerRecord<String, byte[]>> records(String topic, String isolation) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrapServers, "isolation.level", isolation, "enable.auto.commit", false));
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(topic, found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            return records;
        }
    }
}
