package io.foundling.service.it.rig;

import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.awaitility.Awaitility;

/** A read_committed consumer of one output topic from its beginning; it remembers everything it has seen. */
public final class Output<T extends SpecificRecord> implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<T> deserializer;
    private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

    public Output(LocalStack stack, String topic, Class<T> type) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        stack.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "allow.auto.create.topics",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(found -> new TopicPartition(topic, found.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        deserializer = AvroSerdes.deserializer(Map.of("schema.registry.url", stack.registryUrl()), type);
    }

    /** Everything seen so far, after one more poll. */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        return List.copyOf(seen);
    }

    /** Everything seen so far under a key, tombstones as empty. */
    public List<Optional<T>> of(String key) {
        return recordsOf(key).stream().map(this::value).toList();
    }

    public List<ConsumerRecord<byte[], byte[]>> recordsOf(String key) {
        return records().stream()
                .filter(record -> record.key() != null && text(record.key()).equals(key))
                .toList();
    }

    /** Waits until what has been seen under a key is as expected, and returns it. */
    public List<Optional<T>> await(String key, Predicate<List<Optional<T>>> expected) {
        return Awaitility.await("records of " + key)
                .atMost(LiveLedger.PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> of(key), expected);
    }

    /** Waits until the last record of a key holds what is expected. */
    public T awaitLast(String key, Predicate<T> expected) {
        List<Optional<T>> found = await(
                key,
                values -> !values.isEmpty()
                        && values.get(values.size() - 1).filter(expected).isPresent());
        return found.get(found.size() - 1).orElseThrow();
    }

    public Optional<T> value(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
    }

    /** The text of a header, or an empty one. */
    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
        deserializer.close();
    }
}
