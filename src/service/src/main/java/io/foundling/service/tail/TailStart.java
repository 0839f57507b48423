package io.foundling.service.tail;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a tail begins in each partition.
 *
 * @param isOldest whether with the oldest record; otherwise with the next new one
 * @param since with the first record from then or later, in place of both; one before it may follow
 */
public record TailStart(boolean isOldest, Optional<Instant> since) {

    public static final TailStart OLDEST = new TailStart(true, Optional.empty());
    public static final TailStart NEXT = new TailStart(false, Optional.empty());

    public static TailStart since(Instant moment) {
        return new TailStart(false, Optional.of(moment));
    }

    /** @param ends of the assigned partitions */
    void seek(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        if (since.isPresent()) {
            Map<TopicPartition, Long> moments = new HashMap<>();
            ends.keySet()
                    .forEach(partition ->
                            moments.put(partition, Math.max(0, since.get().toEpochMilli())));
            Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(moments);
            ends.forEach((partition, end) -> consumer.seek(
                    partition,
                    found.get(partition) == null ? end : found.get(partition).offset()));
        } else if (isOldest) {
            consumer.seekToBeginning(ends.keySet());
        } else {
            ends.forEach(consumer::seek);
        }
    }
}
