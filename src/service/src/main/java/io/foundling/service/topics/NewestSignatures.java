package io.foundling.service.topics;

import io.foundling.console.topics.GrouplessConsumer;
import io.foundling.schemas.failure.Causes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The signatures among the last records of partitions. Aborted and open transactions count, too: they also show who
 * writes. The reader is in no group.
 *
 * @param unread partitions whose last records did not come in time
 */
record NewestSignatures(List<Signature> signatures, Set<TopicPartition> unread) {

    /** Every transaction leaves a marker behind its records, so that the last offset is none of a record. */
    private static final int LAST = 10;

    /** Nobody looks at the values. */
    private static final int FETCH_BYTES = 64 * 1024;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    /**
     * Reads the last records.
     *
     * @param ends the next offset of each partition
     * @throws BrokerUnavailableException if the broker denies it
     */
    static NewestSignatures read(Map<String, ?> kafka, Map<TopicPartition, Long> ends, Duration patience) {
        Set<TopicPartition> unread = new HashSet<>(ends.keySet());
        unread.removeIf(partition -> ends.get(partition) == 0);
        List<Signature> signatures = new ArrayList<>();
        if (unread.isEmpty()) {
            return new NewestSignatures(signatures, unread);
        }
        Consumer<byte[], byte[]> consumer = open(kafka);
        try {
            consumer.assign(unread);
            unread.forEach(partition -> consumer.seek(partition, Math.max(0, ends.get(partition) - LAST)));
            long start = System.nanoTime();
            while (!unread.isEmpty() && System.nanoTime() - start < patience.toNanos()) {
                consumer.poll(POLL).forEach(record -> Signature.of(record).ifPresent(signatures::add));
                unread.removeIf(partition -> reached(consumer, partition, ends.get(partition)));
            }
            return new NewestSignatures(signatures, unread);
        } catch (AuthorizationException denied) {
            throw new BrokerUnavailableException(new AccessDenial(List.of()).sentence(denied), denied);
        } catch (KafkaException failure) {
            throw new BrokerUnavailableException(
                    "the newest records of the output topics cannot be read: " + Causes.sentence(failure), failure);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        }
    }

    private static boolean reached(Consumer<?, ?> consumer, TopicPartition partition, long end) {
        try {
            return consumer.position(partition, POLL) >= end;
        } catch (TimeoutException later) {
            return false;
        }
    }

    private static Consumer<byte[], byte[]> open(Map<String, ?> kafka) {
        return GrouplessConsumer.open(
                kafka,
                Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_uncommitted",
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        FETCH_BYTES));
    }
}
