package io.foundling.service.it.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.it.rig.CommittedRecords;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.task.SubjectPartition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** What bridges have made of a {@link ShopFlow}, as a consumer with read_committed sees it. */
record WrittenEvents(LocalStack stack, int partitions) {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Waits until each row has given its event, or its dead letter, and fails if one was written twice. */
    void awaitEachOnce(int rows) {
        int poison = (rows + ShopFlow.POISON_EVERY - 1) / ShopFlow.POISON_EVERY;
        TopicReader reader = new TopicReader(stack.bootstrapServers());
        await("every event")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reader.committed(TopicNames.EVENTS)
                                        .size()
                                + reader.committed(TopicNames.DEAD_LETTERS).size())
                        .isGreaterThanOrEqualTo(rows));
        List<ConsumerRecord<byte[], byte[]>> events =
                new CommittedRecords(stack.bootstrapServers()).of(TopicNames.EVENTS);
        assertThat(subjects(events).size()).as("subjects").isEqualTo(rows - poison);
        assertThat(events.size()).as("events, each once").isEqualTo(rows - poison);
        assertThat(reader.committed(TopicNames.DEAD_LETTERS))
                .hasSize(poison)
                .extracting(ConsumerRecord::key)
                .doesNotHaveDuplicates();
    }

    /** Returns the keys of the subjects, after each was found where the ledger expects it. */
    private Set<String> subjects(List<ConsumerRecord<byte[], byte[]>> events) {
        Set<String> keys = new HashSet<>();
        Set<Object> ids = new HashSet<>();
        SubjectPartition place = new SubjectPartition(partitions);
        try (Deserializer<AuditEvent> deserializer =
                AvroSerdes.deserializer(Map.of("schema.registry.url", stack.registryUrl()), AuditEvent.class)) {
            for (ConsumerRecord<byte[], byte[]> record : events) {
                AuditEvent event = deserializer.deserialize(record.topic(), record.value());
                String key = SubjectKey.of(event.getSubject());
                assertThat(place.holds(key, record.key(), record.partition()))
                        .as(new String(record.key(), StandardCharsets.UTF_8))
                        .isTrue();
                keys.add(key);
                ids.add(event.getEventId());
            }
        }
        assertThat(ids.size()).as("ids of events").isEqualTo(keys.size());
        return keys;
    }
}
