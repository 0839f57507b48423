package io.foundling.console.acts;

import io.foundling.audit.Producer;
import java.time.Duration;
import java.util.List;

/**
 * What acts need to know of their surroundings.
 *
 * @param sources the source topics, the first for subjects that no event is known of
 * @param most subjects of one act
 * @param producer of the events
 * @param patience how long an act on many waits for a broker or a database that does not answer
 */
public record ActSettings(List<String> sources, int most, Producer producer, Duration patience) {

    public ActSettings {
        sources = List.copyOf(sources);
    }
}
