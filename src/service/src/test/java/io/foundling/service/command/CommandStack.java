package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Subject;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker and registry: runs commands against them, and sends the records that they show. */
public final class CommandStack implements AutoCloseable {

    private final LocalStack stack = LocalStack.startTemporary();

    /** Starts one that has all topics. */
    public static CommandStack withTopics() {
        CommandStack started = new CommandStack();
        CommandRun apply = started.run("topics", "apply");
        assertThat(apply.exitCode()).as(apply.err()).isEqualTo(ExitCode.OK);
        return started;
    }

    public CommandRun run(String... arguments) {
        return CommandRun.with(
                Map.of(
                        "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(),
                        "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", stack.registryUrl()),
                arguments);
    }

    void send(String topic, Subject subject, SpecificRecord value, Map<String, String> headers) throws Exception {
        try (Serializer<SpecificRecord> serializer = AvroSerdes.serializer(avro(), false)) {
            sendBytes(topic, SubjectKey.of(subject), serializer.serialize(topic, value), headers);
        }
    }

    public void send(String topic, String key, SpecificRecord value) throws Exception {
        try (Serializer<SpecificRecord> serializer = AvroSerdes.serializer(avro(), false)) {
            sendBytes(topic, key, serializer.serialize(topic, value), Map.of());
        }
    }

    void sendBytes(String topic, String key, byte[] value, Map<String, String> headers) throws Exception {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    public Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", stack.bootstrapServers());
    }

    public Map<String, Object> avro() {
        return Map.of("schema.registry.url", stack.registryUrl());
    }

    @Override
    public void close() {
        stack.close();
    }
}
