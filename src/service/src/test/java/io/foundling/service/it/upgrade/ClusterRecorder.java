package io.foundling.service.it.upgrade;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.CommittedRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Reads what an application has left on a stack: all topics with what was committed, its offsets, and all schemas. */
final class ClusterRecorder {

    private final LocalStack stack;

    ClusterRecorder(LocalStack stack) {
        this.stack = stack;
    }

    RecordedCluster record(String application) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            List<RecordedTopic> topics = new ArrayList<>();
            List<RecordedOffset> offsets = new ArrayList<>();
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(application)
                    .partitionsToOffsetAndMetadata()
                    .get();
            for (String name : new TreeSet<>(admin.listTopics().names().get())) {
                List<ConsumerRecord<byte[], byte[]>> records = new CommittedRecords(stack.bootstrapServers()).of(name);
                int partitions = admin.describeTopics(List.of(name))
                        .allTopicNames()
                        .get()
                        .get(name)
                        .partitions()
                        .size();
                Map<String, String> config = config(admin, name);
                boolean isCompacted = config.getOrDefault("cleanup.policy", "").contains("compact");
                topics.add(new RecordedTopic(
                        name,
                        partitions,
                        config,
                        (isCompacted ? compacted(records) : records)
                                .stream().map(ClusterRecorder::recorded).toList()));
                committed.forEach((partition, offset) -> {
                    if (partition.topic().equals(name) && offset != null) {
                        offsets.add(offset(partition, offset, records));
                    }
                });
            }
            return new RecordedCluster(application, new RegistryText(stack.registryUrl()).schemas(), topics, offsets);
        }
    }

    private static RecordedOffset offset(
            TopicPartition partition, OffsetAndMetadata offset, List<ConsumerRecord<byte[], byte[]>> records) {
        long read = records.stream()
                .filter(found -> found.partition() == partition.partition() && found.offset() < offset.offset())
                .count();
        return new RecordedOffset(partition.topic(), partition.partition(), read, offset.metadata());
    }

    private static Map<String, String> config(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> config = new HashMap<>();
        admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .forEach(entry -> config.put(entry.name(), entry.value()));
        return config;
    }

    /** As the broker compacts, but at once. Tombstones stay: it keeps them for a while too. */
    private static Collection<ConsumerRecord<byte[], byte[]>> compacted(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<List<Object>, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> each : records) {
            List<Object> key = List.of(each.partition(), ByteBuffer.wrap(each.key()));
            last.remove(key);
            last.put(key, each);
        }
        return last.values();
    }

    private static RecordedRecord recorded(ConsumerRecord<byte[], byte[]> from) {
        return new RecordedRecord(
                from.partition(),
                from.timestamp(),
                from.key(),
                from.value(),
                Arrays.asList(from.headers().toArray()));
    }
}
