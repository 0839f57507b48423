package io.foundling.service.rebuild;

import io.foundling.service.topics.BrokerUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;

/** Writes the entries of stores to their changelogs, and tombstones to output topics. */
final class StoreWriter implements AutoCloseable {

    private static final int MAX_REQUEST_BYTES = 3 * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    StoreWriter(Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().removeIf(key -> key.startsWith("topic.") || key.contains("consumer."));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void write(String changelog, int partition, Map<Bytes, byte[]> entries) {
        entries.forEach((key, value) -> send(new ProducerRecord<>(changelog, partition, key.get(), value)));
    }

    void tombstone(String topic, String key, Map<String, String> headers) {
        List<Header> written = headers.entrySet().stream()
                .map(each ->
                        (Header) new RecordHeader(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        send(new ProducerRecord<>(topic, null, key.getBytes(StandardCharsets.UTF_8), null, written));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        requireNoFailure();
        producer.send(record, (written, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    /** Returns once everything is written. */
    void flush() {
        producer.flush();
        requireNoFailure();
    }

    private void requireNoFailure() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new BrokerUnavailableException(
                    "what was rebuilt cannot be written: " + failed.getMessage() + "; run the rebuild again", failed);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
