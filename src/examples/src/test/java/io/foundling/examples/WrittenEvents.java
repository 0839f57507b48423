package io.foundling.examples;

import io.foundling.audit.AuditEvent;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.QueueFullPolicy;
import io.foundling.client.RecorderBuilder;
import io.foundling.client.Ticket;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.Contract;
import io.foundling.schemas.SchemaRegistration;
import io.foundling.schemas.registry.RegistryClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic that recorders write to: made as a deployment makes it, read as the ledger reads it. */
record WrittenEvents(String bootstrapServers, String registryUrl, String topic) {

    static final int PARTITIONS = 6;

    static WrittenEvents inNewTopic(String bootstrapServers, String registryUrl) {
        return inTopic(bootstrapServers, registryUrl, "audit-" + UUID.randomUUID());
    }

    static WrittenEvents inTopic(String bootstrapServers, String registryUrl, String topic) {
        WrittenEvents events = new WrittenEvents(bootstrapServers, registryUrl, topic);
        try {
            events.prepare();
            return events;
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException("no topic " + topic, failure);
        }
    }

    /** The settings that a service cannot do without. */
    Map<String, String> settings(String service) {
        return Map.of(
                "AUDIT_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "AUDIT_SCHEMA_REGISTRY_URL",
                registryUrl,
                "AUDIT_SERVICE",
                service);
    }

    /** Describes a recorder that writes to the topic. */
    RecorderBuilder recorder(String service) {
        return KafkaAuditRecorder.builder().environment(settings(service)).topic(topic);
    }

    /** As {@link #recorder}, with room for what is reported while something is away: in memory, or in the spool. */
    RecorderBuilder roomyRecorder(String service, QueueFullPolicy policy, Path spool) {
        RecorderBuilder builder = recorder(service).queue(200_000, 1L << 28);
        return policy == QueueFullPolicy.SPILL ? builder.spill(spool, 1L << 28) : builder.queueFull(policy);
    }

    /** Everything written so far, by subject; within a subject in the order of the topic. */
    Map<String, List<AuditEvent>> bySubject() {
        return all().stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key,
                        TreeMap::new,
                        Collectors.mapping(ConsumerRecord::value, Collectors.toList())));
    }

    /** The attempts written so far, by subject. */
    Map<String, List<Integer>> attempts() {
        Map<String, List<Integer>> attempts = new TreeMap<>();
        bySubject()
                .forEach((subject, events) -> attempts.put(
                        subject, events.stream().map(AuditEvent::getAttempt).toList()));
        return attempts;
    }

    /** Everything written so far, by where it is. */
    Map<Ticket, AuditEvent> byTicket() {
        return all().stream()
                .collect(Collectors.toMap(
                        record -> new Ticket(record.topic(), record.partition(), record.offset()),
                        ConsumerRecord::value));
    }

    /** Everything that one service has written so far, in the order of its partitions. */
    List<ConsumerRecord<String, AuditEvent>> of(String service) {
        return all().stream()
                .filter(record -> record.value().getProducer().getService().equals(service))
                .toList();
    }

    private List<ConsumerRecord<String, AuditEvent>> all() {
        try (KafkaConsumer<String, AuditEvent> consumer = new KafkaConsumer<>(
                clientSettings(),
                new StringDeserializer(),
                AvroSerdes.deserializer(clientSettings(), AuditEvent.class))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(topic, found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, AuditEvent>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            return records;
        }
    }

    private void prepare() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
                RegistryClient registry = AvroSerdes.registryClient(clientSettings())) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            new SchemaRegistration(registry).register(Map.of(topic, Contract.AUDIT_EVENT));
        }
    }

    private Map<String, Object> clientSettings() {
        return Map.of(
                "bootstrap.servers", bootstrapServers, "schema.registry.url", registryUrl, "enable.auto.commit", false);
    }
}
