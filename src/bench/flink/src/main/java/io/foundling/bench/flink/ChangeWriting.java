package io.foundling.bench.flink;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes changes, partitioned by Kafka's own partitioner. */
final class ChangeWriting implements KafkaRecordSerializationSchema<Change> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    ChangeWriting(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Change change, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, change.key.getBytes(StandardCharsets.UTF_8), change.value);
    }
}
