package io.foundling.topology.harness;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One record of an output topic.
 *
 * @param value none for a tombstone
 * @param headers as text
 * @param stampedAt its Kafka timestamp
 */
public record Change<V>(String key, Optional<V> value, Map<String, String> headers, Instant stampedAt) {

    /** Returns the text of a header, empty if there is none. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
