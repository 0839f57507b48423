package io.foundling.service.runtime;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * What the prober asks the broker about source partitions. Each partition has an answer of its own, which fails after a
 * time limit of its own and never waits for the answer of another partition.
 */
interface SourceQuestions {

    /** Asks for the ends of partitions. */
    Map<TopicPartition, CompletionStage<PartitionEnds>> ends(Set<TopicPartition> partitions);

    /** Asks for the offset that was committed for a partition, with requireStable. */
    CompletionStage<OptionalLong> committed(TopicPartition partition);

    /** Asks the controller for its time, in epoch milliseconds. */
    CompletionStage<Long> timeMs();

    /** Asks for the id of a topic. */
    CompletionStage<Uuid> topicId(String topic);
}
