package io.foundling.service.it.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.it.rig.CommittedRecords;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.task.SubjectPartition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exactly once: {@code kill -9} while records flow leaves no trace in what a consumer with read_committed sees. */
class KillBridgeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PARTITIONS = 3;

    @TempDir
    private Path directory;

    @Test
    void shouldWriteEveryEventOnceWhenKilledThreeTimes() throws Exception {
        kill(3);
    }

    @Test
    @Tag("full")
    void shouldWriteEveryEventOnceWhenKilledTwentyTimes() throws Exception {
        kill(20);
    }

    private void kill(int times) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
            Outbox outbox = stack.closeFirst(new Outbox(stack, 4));
            Path config = Files.writeString(directory.resolve("foundling.yaml"), Outbox.bridge(directory));
            // So that records of a transaction reach the broker before its commit: by default they linger until then.
            ServiceProcess bridge =
                    stack.closeFirst(ServiceProcess.of(stack, directory, "one", config, Map.of("kafka.linger.ms", "2"))
                            .running("bridge"));
            TopicReader reader = new TopicReader(stack.bootstrapServers());

            // When
            ShopFlow flow = ShopFlow.start(outbox);
            bridge.start();
            for (int kill = 0; kill < times; kill++) {
                int enough = reader.committed(TopicNames.EVENTS).size() + 1 + random.nextInt(500);
                await("more events")
                        .atMost(PATIENCE)
                        .until(() -> reader.committed(TopicNames.EVENTS).size() >= enough);
                bridge.kill();
                bridge.start();
            }
            bridge.awaitReady();
            int rows = flow.stop();
            int poison = (rows + ShopFlow.POISON_EVERY - 1) / ShopFlow.POISON_EVERY;
            await("every event")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(reader.committed(TopicNames.EVENTS)
                                            .size()
                                    + reader.committed(TopicNames.DEAD_LETTERS).size())
                            .as("seed %d", seed)
                            .isGreaterThanOrEqualTo(rows));

            // Then
            List<ConsumerRecord<byte[], byte[]>> events =
                    new CommittedRecords(stack.bootstrapServers()).of(TopicNames.EVENTS);
            assertThat(subjects(events, stack)).as("seed %d", seed).hasSize(rows - poison);
            assertThat(events).as("each once").hasSize(rows - poison);
            assertThat(reader.committed(TopicNames.DEAD_LETTERS))
                    .hasSize(poison)
                    .extracting(ConsumerRecord::key)
                    .doesNotHaveDuplicates();
            assertThat(reader.written(TopicNames.EVENTS).size())
                    .as("written, with what the kills left of transactions")
                    .isGreaterThan(events.size());
        }
    }

    /** Returns the keys of the subjects, after each was found where the ledger expects it. */
    private static Set<String> subjects(List<ConsumerRecord<byte[], byte[]>> events, LocalStack stack) {
        Set<String> keys = new HashSet<>();
        Set<Object> ids = new HashSet<>();
        SubjectPartition partitions = new SubjectPartition(PARTITIONS);
        try (Deserializer<AuditEvent> deserializer =
                AvroSerdes.deserializer(Map.of("schema.registry.url", stack.registryUrl()), AuditEvent.class)) {
            for (ConsumerRecord<byte[], byte[]> record : events) {
                AuditEvent event = deserializer.deserialize(record.topic(), record.value());
                String key = SubjectKey.of(event.getSubject());
                assertThat(partitions.holds(key, record.key(), record.partition()))
                        .as(new String(record.key(), StandardCharsets.UTF_8))
                        .isTrue();
                keys.add(key);
                ids.add(event.getEventId());
            }
        }
        assertThat(ids).hasSameSizeAs(keys);
        return keys;
    }
}
