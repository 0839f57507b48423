package io.foundling.service.rebuild;

import io.foundling.service.topics.BrokerUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a rebuild asks and changes on the broker: the offsets of a group, and internal topics. */
final class GroupOffsets implements AutoCloseable {

    private static final int CREATE_TRIES = 20;
    private static final long BETWEEN_TRIES_MS = 250;
    private static final long PATIENCE_MS = 30_000;

    private final Admin admin;
    private final String group;

    GroupOffsets(Map<String, String> kafka, String group) {
        admin = Admin.create(new HashMap<>(kafka));
        this.group = group;
    }

    /** Returns how many members the group has; those that were stopped count until their sessions time out. */
    int members() {
        try {
            return answer(admin.describeConsumerGroups(List.of(group)).all())
                    .get(group)
                    .members()
                    .size();
        } catch (BrokerUnavailableException failure) {
            if (failure.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw failure;
        }
    }

    /** Returns the offsets of the group. */
    Map<TopicPartition, Long> committed() {
        Map<TopicPartition, Long> committed = new HashMap<>();
        answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    void commit(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> committed.put(partition, new OffsetAndMetadata(offset)));
        if (!committed.isEmpty()) {
            answer(admin.alterConsumerGroupOffsets(group, committed).all());
        }
    }

    /** Returns the offset at a position of each partition; the end where no record is as late. */
    Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec position) {
        Map<TopicPartition, Long> found = listed(partitions, position);
        Map<TopicPartition, Long> ends = listed(partitions, OffsetSpec.latest());
        found.replaceAll((partition, offset) -> offset < 0 ? ends.get(partition) : offset);
        return found;
    }

    /** Returns a partition of the topics in which a transaction is not complete. */
    Optional<TopicPartition> open(Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        partitions(topics).forEach((topic, count) -> {
            for (int partition = 0; partition < count; partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
        });
        // Asked first: a transaction that begins or is committed in between counts as open.
        Map<TopicPartition, Long> stable = listed(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> ends = listed(partitions, OffsetSpec.latest());
        return partitions.stream()
                .filter(partition -> !stable.get(partition).equals(ends.get(partition)))
                .findFirst();
    }

    private Map<TopicPartition, Long> listed(Collection<TopicPartition> partitions, OffsetSpec position) {
        return listed(partitions, position, IsolationLevel.READ_UNCOMMITTED);
    }

    private Map<TopicPartition, Long> listed(
            Collection<TopicPartition> partitions, OffsetSpec position, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, position));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> answered = answer(
                admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
        answered.forEach((partition, result) -> offsets.put(partition, result.offset()));
        return offsets;
    }

    /** Returns the number of partitions of those topics that exist. */
    Map<String, Integer> partitions(Collection<String> topics) {
        Set<String> existing = new HashSet<>(answer(admin.listTopics().names()));
        existing.retainAll(topics);
        Map<String, Integer> partitions = new TreeMap<>();
        answer(admin.describeTopics(existing).allTopicNames())
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        return partitions;
    }

    /** Returns the ids of topics that exist, by name. */
    Map<String, Uuid> ids(Collection<String> topics) {
        Map<String, Uuid> ids = new TreeMap<>();
        answer(admin.describeTopics(topics).allTopicNames()).forEach((name, topic) -> ids.put(name, topic.topicId()));
        return ids;
    }

    void delete(String topic) {
        try {
            answer(admin.deleteTopics(List.of(topic)).all());
        } catch (BrokerUnavailableException failure) {
            if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw failure;
            }
        }
    }

    /** Creates a topic; one of this name may have been deleted a moment ago. */
    void create(NewTopic topic) {
        for (int left = CREATE_TRIES; ; left--) {
            try {
                answer(admin.createTopics(List.of(topic)).all());
                return;
            } catch (BrokerUnavailableException failure) {
                if (!(failure.getCause() instanceof TopicExistsException) || left == 0) {
                    throw failure;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("interrupted while waiting for the broker", stopped);
        }
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new BrokerUnavailableException(
                    "the broker answered: " + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException silent) {
            throw new BrokerUnavailableException("no broker answered within " + PATIENCE_MS / 1_000 + " s", silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("interrupted while waiting for the broker", stopped);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
