package io.foundling.console.model.reading;

import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of partitions without new records, every ten seconds, that they are read up to now. The broker is asked for the ends
 * of all of them at once, and all positions move in one transaction. If it does not answer, they stay where they are. For
 * the thread of the consumer.
 */
final class IdlePartitions {

    private static final Logger LOG = LoggerFactory.getLogger(IdlePartitions.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final BatchWriter writer;
    private final InstantSource clock;
    private long notedMs;

    IdlePartitions(Consumer<byte[], byte[]> consumer, BatchWriter writer, InstantSource clock) {
        this.consumer = consumer;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Notes it, if it is time.
     *
     * @param epochs of leaders that are known
     * @return those whose position another process has moved
     */
    Set<TopicPartition> note(Map<TopicPartition, ReadPartition<?>> partitions, Map<TopicPartition, Integer> epochs) {
        long nowMs = clock.millis();
        if (nowMs - notedMs < EVERY.toMillis()) {
            return Set.of();
        }
        notedMs = nowMs;
        // Transactions of several processes move positions in the same order.
        Map<TopicPartition, Batch<?>> idle = new TreeMap<>(Comparator.comparing(TopicPartition::toString));
        ends(partitions.values().stream()
                        .filter(ReadPartition::isIdle)
                        .map(ReadPartition::partition)
                        .toList())
                .forEach((partition, end) -> partitions
                        .get(partition)
                        .idle(consumer.position(partition), end, nowMs)
                        .ifPresent(batch -> idle.put(
                                partition, batch.ofLeader(epochs.getOrDefault(partition, Batch.UNKNOWN_EPOCH)))));
        if (idle.isEmpty()) {
            return Set.of();
        }
        Set<TopicPartition> moved = writer.moveOn(idle.values());
        idle.forEach((partition, batch) -> {
            if (!moved.contains(partition)) {
                partitions.get(partition).moved(batch.to());
            }
        });
        return moved;
    }

    /** Asks the broker, since what the consumer knows may be old. */
    private Map<TopicPartition, Long> ends(Collection<TopicPartition> asked) {
        try {
            return asked.isEmpty() ? Map.of() : consumer.endOffsets(asked, PATIENCE);
        } catch (TimeoutException unanswered) {
            LOG.debug("the broker has not said where partitions end", unanswered);
            return Map.of();
        }
    }
}
