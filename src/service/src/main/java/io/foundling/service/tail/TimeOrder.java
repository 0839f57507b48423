package io.foundling.service.tail;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts the records of several partitions into one order by their timestamps. Records of one partition stay in its order,
 * also where their timestamps are not. A record is given out once no earlier one can come: when each partition either has a
 * record that waits here, or has been read to its end. For one thread.
 */
final class TimeOrder {

    /** A partition with more of them is not read on. */
    private static final int WAITING = 1_000;

    private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> waiting = new HashMap<>();

    TimeOrder(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> waiting.put(partition, new ArrayDeque<>()));
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        waiting.get(new TopicPartition(record.topic(), record.partition())).add(record);
    }

    boolean isFull(TopicPartition partition) {
        return waiting.get(partition).size() >= WAITING;
    }

    boolean isEmpty() {
        return waiting.values().stream().allMatch(Deque::isEmpty);
    }

    /**
     * Takes the next record; none if an earlier one can still come, or nothing waits.
     *
     * @param unread partitions from which more is to come
     */
    Optional<ConsumerRecord<byte[], byte[]>> next(Set<TopicPartition> unread) {
        ConsumerRecord<byte[], byte[]> earliest = null;
        for (Map.Entry<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> each : waiting.entrySet()) {
            ConsumerRecord<byte[], byte[]> first = each.getValue().peek();
            if (first == null && unread.contains(each.getKey())) {
                return Optional.empty();
            }
            if (first != null && (earliest == null || isBefore(first, earliest))) {
                earliest = first;
            }
        }
        return Optional.ofNullable(earliest)
                .map(found -> waiting.get(new TopicPartition(found.topic(), found.partition()))
                        .remove());
    }

    /** Records of the same millisecond are in the order of their topics and partitions, so that the order is unique. */
    private static boolean isBefore(ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other) {
        if (one.timestamp() != other.timestamp()) {
            return one.timestamp() < other.timestamp();
        }
        int topics = one.topic().compareTo(other.topic());
        return topics != 0 ? topics < 0 : one.partition() < other.partition();
    }
}
