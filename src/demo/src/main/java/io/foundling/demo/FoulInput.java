package io.foundling.demo;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.ledger.DeadLetterReason;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** Writes to the source topic what a careful producer never writes. */
final class FoulInput implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<AuditEvent> serializer;
    private final Expectation expectation;

    FoulInput(LocalStack stack, Expectation expectation) {
        this.expectation = expectation;
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        serializer = AvroSerdes.serializer(Map.of(AvroConfig.REGISTRY_URL, stack.registryUrl()), false);
    }

    /** Bytes that are no Avro message. */
    void garbage() {
        send(null, "not an audit event", bytes("{\"status\": \"done\"}"), DeadLetterReason.NOT_AVRO_MESSAGE);
    }

    /** A message that names a schema which nobody has registered. */
    void unknownSchema() {
        byte[] value = {0, 0x7f, 0x7f, 0x7f, 0x7f, 1, 2, 3};
        send(null, "unknown schema", value, DeadLetterReason.UNKNOWN_SCHEMA_ID);
    }

    /** A proper event in the partition of another key, as a client with another partitioner writes it. */
    void wrongPartition() {
        Subject subject = new Subject(SubjectKind.RECORD, "university", "declaration", "misplaced");
        String key = SubjectKey.of(subject);
        AuditEvent event = AuditEvent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setSubject(subject)
                .setOccurredAt(Instant.now())
                .setProducer(new Producer("other-client", "demo", "1", 0L))
                .setBody(new Completed(null, null, Map.of()))
                .build();
        int partitions = producer.partitionsFor(TopicNames.EVENTS).size();
        int home = Utils.toPositive(Utils.murmur2(bytes(key))) % partitions;
        byte[] value = serializer.serialize(TopicNames.EVENTS, event);
        send((home + 1) % partitions, key, value, DeadLetterReason.WRONG_PARTITION);
    }

    private void send(Integer partition, String key, byte[] value, DeadLetterReason reason) {
        expectation.deadLetter(reason);
        producer.send(new ProducerRecord<>(TopicNames.EVENTS, partition, bytes(key), value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
        serializer.close();
    }
}
