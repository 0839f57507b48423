package io.foundling.service.tail;

import io.foundling.service.topics.BrokerUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Ends a tail that is to end, if its consumer gets nothing any more although there is more: a consumer waits for its
 * broker for ever, and says nothing. For one thread.
 */
final class Standstill {

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Duration patience;
    private Map<TopicPartition, Long> positions = Map.of();
    private long movedNs = System.nanoTime();

    /** @param patience how long nothing may come */
    Standstill(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Duration patience) {
        this.consumer = consumer;
        this.ends = Map.copyOf(ends);
        this.patience = patience;
    }

    /** A record was handed over: whoever takes it, such as a pager, may take long. */
    void moved() {
        movedNs = System.nanoTime();
    }

    /**
     * Looks whether anything has come since the last look.
     *
     * @throws BrokerUnavailableException if nothing came for too long
     */
    void check() {
        Map<TopicPartition, Long> now =
                ends.keySet().stream().collect(Collectors.toMap(partition -> partition, consumer::position));
        if (!now.equals(positions)) {
            positions = now;
            moved();
        } else if (System.nanoTime() - movedNs > patience.toNanos()) {
            ends.keySet().stream()
                    .filter(partition -> now.get(partition) < ends.get(partition))
                    .findFirst()
                    .ifPresent(partition -> {
                        throw new BrokerUnavailableException("partition " + partition + " has given nothing for "
                                + patience.toSeconds() + " s, expected its records from offset " + now.get(partition)
                                + " up to " + ends.get(partition) + "; is its broker there?");
                    });
        }
    }
}
