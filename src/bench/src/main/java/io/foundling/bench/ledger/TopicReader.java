package io.foundling.bench.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what was committed in a stretch of some topics. */
final class TopicReader {

    private final String bootstrapServers;

    TopicReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Counts the records from one mark to a later one. */
    Written count(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends, Predicate<String> topics) {
        Counting counting = new Counting();
        read(begins, ends, topics, counting);
        return counting.written;
    }

    /** Hands every record on, those of a partition in order. */
    void read(
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            Predicate<String> topics,
            Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Map<TopicPartition, Long> open = ends.entrySet().stream()
                .filter(end -> topics.test(end.getKey().topic()))
                .filter(end -> begins.getOrDefault(end.getKey(), 0L) < end.getValue())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(open.keySet());
            open.keySet().forEach(partition -> consumer.seek(partition, begins.getOrDefault(partition, 0L)));
            while (open.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofSeconds(1))) {
                    if (found.offset() < open.get(new TopicPartition(found.topic(), found.partition()))) {
                        sink.accept(found);
                    }
                }
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        "5000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static final class Counting implements Consumer<ConsumerRecord<byte[], byte[]>> {

        private Written written = Written.NOTHING;

        @Override
        public void accept(ConsumerRecord<byte[], byte[]> found) {
            int key = found.key() == null ? 0 : found.key().length;
            int value = found.value() == null ? 0 : found.value().length;
            written = written.plus(key + value);
        }
    }
}
