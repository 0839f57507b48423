package io.foundling.console.model.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * What was read and not written yet. Of a reader that is behind, a poll has records of a single partition, because a fetch
 * of it has more than a poll takes. So a round polls again, without the partitions that it has records of, until
 * there is work for each thread that writes. One thread.
 */
final class Round {

    private final Consumer<byte[], byte[]> consumer;
    private final int partitions;
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    private final Map<TopicPartition, Integer> epochs = new HashMap<>();

    /** @param partitions of how many it reads before they are written */
    Round(Consumer<byte[], byte[]> consumer, int partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /** Reads what there is, and waits for at most a moment if there is nothing. */
    void read(Duration patience) {
        try {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(patience);
            add(polled);
            while (!polled.isEmpty() && records.size() < partitions) {
                consumer.pause(polled.partitions());
                polled = consumer.poll(Duration.ZERO);
                add(polled);
            }
        } finally {
            consumer.resume(consumer.paused());
        }
    }

    private void add(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            records.computeIfAbsent(partition, absent -> new ArrayList<>()).addAll(polled.records(partition));
        }
        polled.nextOffsets()
                .forEach((partition, next) -> next.leaderEpoch().ifPresent(epoch -> epochs.put(partition, epoch)));
    }

    /** Returns the epoch of the leader of whom a partition was read in this round. */
    Optional<Integer> epoch(TopicPartition partition) {
        return Optional.ofNullable(epochs.remove(partition));
    }

    /** Returns what was read of a partition, which is the caller's to write then. */
    List<ConsumerRecord<byte[], byte[]>> take(TopicPartition partition) {
        List<ConsumerRecord<byte[], byte[]>> taken = records.remove(partition);
        return taken == null ? List.of() : taken;
    }

    /** Forgets partitions that are not this process's any more, or are read from elsewhere. */
    void forget(Collection<TopicPartition> gone) {
        records.keySet().removeAll(gone);
        epochs.keySet().removeAll(gone);
    }
}
