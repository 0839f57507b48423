package io.foundling.bench.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What the broker says about ends of topics and positions of groups. */
final class Offsets {

    private static final ListOffsetsOptions COMMITTED = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    private final Admin admin;

    Offsets(Admin admin) {
        this.admin = admin;
    }

    /** Returns up to where the topics that are asked for have been committed. */
    Map<TopicPartition, Long> ends(Predicate<String> topics) {
        try {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            for (TopicDescription topic : described(topics)) {
                topic.partitions()
                        .forEach(partition -> asked.put(
                                new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(asked, COMMITTED)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (InterruptedException | ExecutionException e) {
            throw failed(e);
        }
    }

    /** Returns how many events of the source the group has committed. */
    long committed(String group) {
        try {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(SourceTopic.NAME) && entry.getValue() != null)
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            // There is no group before its first member has come.
            return 0;
        }
    }

    /** Deletes the topics. */
    void delete(Predicate<String> topics) {
        try {
            List<String> found = names(topics);
            admin.deleteTopics(found).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw failed(e);
        }
    }

    private Iterable<TopicDescription> described(Predicate<String> topics)
            throws InterruptedException, ExecutionException {
        return admin.describeTopics(names(topics)).allTopicNames().get().values();
    }

    private List<String> names(Predicate<String> topics) throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get().stream().filter(topics).toList();
    }

    private static BenchFailure failed(Exception e) {
        return new BenchFailure("The broker does not answer: " + e.getMessage());
    }
}
