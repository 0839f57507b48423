package io.foundling.service.rebuild;

import io.foundling.console.topics.GrouplessConsumer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Looks for committed records behind the offsets of a group. Markers of transactions are none. */
final class UnreadEvents {

    private static final Duration POLL = Duration.ofMillis(200);

    private UnreadEvents() {}

    /** Returns a partition that has a record at or behind its offset. */
    static Optional<TopicPartition> find(Map<String, String> kafka, Map<TopicPartition, Long> offsets) {
        try (Consumer<byte[], byte[]> consumer = GrouplessConsumer.open(kafka, Map.of())) {
            consumer.assign(offsets.keySet());
            offsets.forEach(consumer::seek);
            Map<TopicPartition, Long> ends = consumer.endOffsets(offsets.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    return Optional.of(new TopicPartition(found.topic(), found.partition()));
                }
            }
            return Optional.empty();
        }
    }
}
