package io.foundling.service.runtime;

import io.foundling.service.topics.Broker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The questions as requests of Kafka's admin client, which groups partitions by their leader and answers each of them
 * by itself. It asks for ends with uncommitted reads, because the last stable offset hides everything behind an open
 * transaction.
 */
final class AdminQuestions implements SourceQuestions {

    private static final int TIMEOUT_MS = 10_000;

    private final Admin admin;
    private final String group;

    AdminQuestions(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    @Override
    public Map<TopicPartition, CompletionStage<PartitionEnds>> ends(Set<TopicPartition> partitions) {
        ListOffsetsResult ends = offsets(partitions, OffsetSpec.latest());
        ListOffsetsResult starts = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, CompletionStage<PartitionEnds>> answers = new HashMap<>();
        partitions.forEach(partition -> answers.put(
                partition,
                starts.partitionResult(partition)
                        .toCompletionStage()
                        .thenCombine(
                                ends.partitionResult(partition).toCompletionStage(),
                                (start, end) -> new PartitionEnds(start.offset(), end.offset()))));
        return answers;
    }

    private ListOffsetsResult offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        return admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(TIMEOUT_MS));
    }

    /** A request for each partition: one with a pending commit would keep back the answers for all others. */
    @Override
    public CompletionStage<OptionalLong> committed(TopicPartition partition) {
        ListConsumerGroupOffsetsOptions options =
                new ListConsumerGroupOffsetsOptions().requireStable(true).timeoutMs(TIMEOUT_MS);
        return admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition))), options)
                .partitionsToOffsetAndMetadata(group)
                .toCompletionStage()
                .thenApply(offsets -> offset(partition, offsets));
    }

    /** The admin client leaves out a partition that it could not read, and gives null where nothing was committed. */
    private static OptionalLong offset(TopicPartition partition, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!offsets.containsKey(partition)) {
            throw new KafkaException("the committed offset of " + partition + " cannot be read");
        }
        OffsetAndMetadata committed = offsets.get(partition);
        return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
    }

    @Override
    public CompletionStage<Long> timeMs() {
        return admin.describeMetadataQuorum(new DescribeMetadataQuorumOptions().timeoutMs(TIMEOUT_MS))
                .quorumInfo()
                .toCompletionStage()
                .thenApply(quorum -> Broker.time(quorum)
                        .orElseThrow(() -> new KafkaException("the controller does not say its time"))
                        .toEpochMilli());
    }

    @Override
    public CompletionStage<Uuid> topicId(String topic) {
        return admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                .topicNameValues()
                .get(topic)
                .toCompletionStage()
                .thenApply(TopicDescription::topicId);
    }
}
