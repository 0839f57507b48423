package io.foundling.service.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A broker that answers at once what the test gave it. A partition that is silent has no answer until the test lets its
 * questions fail.
 */
final class FakeQuestions implements SourceQuestions {

    private final Map<TopicPartition, PartitionEnds> ends = new HashMap<>();
    private final Map<TopicPartition, OptionalLong> committed = new HashMap<>();
    private CompletableFuture<Long> time =
            CompletableFuture.failedFuture(new ClusterAuthorizationException("Cluster authorization failed."));
    private Uuid topicId = new Uuid(0, 1);
    private final Map<TopicPartition, List<CompletableFuture<?>>> unanswered = new HashMap<>();
    private final List<TopicPartition> asked = new ArrayList<>();

    FakeQuestions ends(TopicPartition partition, long logStart, long highWatermark) {
        ends.put(partition, new PartitionEnds(logStart, highWatermark));
        return this;
    }

    FakeQuestions committed(TopicPartition partition, long offset) {
        committed.put(partition, OptionalLong.of(offset));
        return this;
    }

    /** The broker removes the committed offset of a topic that is deleted. */
    FakeQuestions uncommitted(TopicPartition partition) {
        committed.remove(partition);
        return this;
    }

    /** The controller answers this from now on; without it, it denies the answer. */
    FakeQuestions time(CompletableFuture<Long> answer) {
        time = answer;
        return this;
    }

    /** All topics have this id. */
    FakeQuestions topicId(Uuid id) {
        topicId = id;
        return this;
    }

    FakeQuestions silent(TopicPartition partition) {
        unanswered.put(partition, new ArrayList<>());
        return this;
    }

    /** Lets the unanswered questions about a partition reach their time limit, and answers the next ones. */
    void timeOut(TopicPartition partition) {
        unanswered
                .remove(partition)
                .forEach(
                        question -> question.completeExceptionally(new TimeoutException("no leader for " + partition)));
    }

    /** Returns the partitions whose ends were asked for since the last call. */
    List<TopicPartition> takeAsked() {
        List<TopicPartition> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    @Override
    public Map<TopicPartition, CompletionStage<PartitionEnds>> ends(Set<TopicPartition> partitions) {
        asked.addAll(partitions);
        Map<TopicPartition, CompletionStage<PartitionEnds>> answers = new HashMap<>();
        partitions.forEach(partition -> answers.put(partition, answer(partition, ends.get(partition))));
        return answers;
    }

    @Override
    public CompletionStage<OptionalLong> committed(TopicPartition partition) {
        return answer(partition, committed.getOrDefault(partition, OptionalLong.empty()));
    }

    @Override
    public CompletionStage<Long> timeMs() {
        return time;
    }

    @Override
    public CompletionStage<Uuid> topicId(String topic) {
        return CompletableFuture.completedFuture(topicId);
    }

    private <T> CompletionStage<T> answer(TopicPartition partition, T answer) {
        if (!unanswered.containsKey(partition)) {
            return CompletableFuture.completedFuture(answer);
        }
        CompletableFuture<T> question = new CompletableFuture<>();
        unanswered.get(partition).add(question);
        return question;
    }
}
