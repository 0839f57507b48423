package io.foundling.service.it.rig;

import io.foundling.audit.AuditEvent;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** A plain producer as an upstream service may have it: any bytes, any key, uncompressed. */
public final class EventFeed implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> serializer;

    private EventFeed(LocalStack stack, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "max.request.size",
                2 * 1024 * 1024,
                "delivery.timeout.ms",
                600_000,
                "max.block.ms",
                600_000,
                // Soon knows of partitions that a test adds.
                "metadata.max.age.ms",
                500));
        settings.putAll(more);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        serializer = AvroSerdes.serializer(Map.of("schema.registry.url", stack.registryUrl()), false);
    }

    public static EventFeed into(LocalStack stack) {
        return new EventFeed(stack, Map.of());
    }

    /**
     * One whose records become visible by {@code commitTransaction()} of {@link #producer}. The broker ends a transaction
     * only after five minutes.
     */
    public static EventFeed transactional(LocalStack stack, String id) {
        EventFeed feed = new EventFeed(stack, Map.of("transactional.id", id, "transaction.timeout.ms", 300_000));
        feed.producer.initTransactions();
        return feed;
    }

    public KafkaProducer<byte[], byte[]> producer() {
        return producer;
    }

    /** Sends an event as it ought to be sent and waits until the broker has it. */
    public RecordMetadata send(String topic, AuditEvent event) {
        return send(record(topic, event));
    }

    public RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        try {
            return enqueue(record).get();
        } catch (ExecutionException | InterruptedException lost) {
            throw new IllegalStateException("the broker did not take a record of the test", lost);
        }
    }

    /** Sends without waiting. */
    public Future<RecordMetadata> enqueue(ProducerRecord<byte[], byte[]> record) {
        return producer.send(record);
    }

    public ProducerRecord<byte[], byte[]> record(String topic, AuditEvent event) {
        return new ProducerRecord<>(topic, key(event), bytes(topic, event));
    }

    public byte[] bytes(String topic, SpecificRecord value) {
        return serializer.serialize(topic, value);
    }

    public static byte[] key(AuditEvent event) {
        return SubjectKey.of(event.getSubject()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
