package io.foundling.client.internal.broker;

import io.foundling.client.internal.settings.RecorderSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How patient a link is with the partitions of its producer. A value.
 *
 * @param patience how long a partition may make no progress while its broker answers
 * @param longestBreak how much later the next look at the partitions may come; after a longer break, as when the
 *     process was paused, the waiting begins again
 * @param inVain how many times in a row the producer was replaced and the stuck partition answered nothing
 */
public record Watch(Duration patience, Duration longestBreak, int inVain) {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration MOST_PATIENCE = Duration.ofMinutes(10);

    private static final Duration LOOKS_ARE_LATE = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 10;

    /**
     * Returns how to watch the producer of a recorder: longer than an event may linger, and than what is known of
     * leaders and replicas may be old. Empty if calls wait for the broker, because a replacement would fail the calls
     * that wait for other partitions, and if a setting chooses the partition of an event in another way.
     */
    public static Optional<Watch> of(RecorderSettings settings) {
        Map<String, Object> config = ProducerFactory.parsed(settings);
        boolean knowsPartitions = config.get(ProducerConfig.PARTITIONER_CLASS_CONFIG) == null
                && Boolean.FALSE.equals(config.get(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG));
        if (!settings.async() || !knowsPartitions) {
            return Optional.empty();
        }
        Duration twiceTheAge =
                millis(config, ProducerConfig.METADATA_MAX_AGE_CONFIG).multipliedBy(2);
        Duration atLeast = twiceTheAge.compareTo(PATIENCE) > 0 ? twiceTheAge : PATIENCE;
        return Optional.of(new Watch(
                atLeast.plus(millis(config, ProducerConfig.LINGER_MS_CONFIG)),
                millis(config, ProducerConfig.MAX_BLOCK_MS_CONFIG).plus(LOOKS_ARE_LATE),
                0));
    }

    /** A year at most, which does not overflow when it is doubled or counted in nanoseconds. */
    private static Duration millis(Map<String, Object> config, String key) {
        return Duration.ofMillis(
                Math.min((Long) config.get(key), Duration.ofDays(365).toMillis()));
    }

    /** Returns the patience with one partition, doubled while replacing does not help it. */
    Duration patience(boolean hasAnswered) {
        if (hasAnswered || inVain == 0) {
            return patience;
        }
        Duration most = patience.compareTo(MOST_PATIENCE) > 0 ? patience : MOST_PATIENCE;
        Duration longer = patience.multipliedBy(1L << inVain);
        return longer.compareTo(most) < 0 ? longer : most;
    }

    /** Returns how to watch the next producer. */
    Watch next(boolean helped) {
        return new Watch(patience, longestBreak, helped ? 0 : Math.min(inVain + 1, MOST_DOUBLINGS));
    }
}
