package io.foundling.topology.harness;

import io.foundling.schemas.SubjectKey;
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

    /** Returns the change of a warning in brief, such as {@code r1 ORPHANED 1 DEFERRED}; a tombstone ends in a dash. */
    String ofWarning() {
        String id = SubjectKey.parse(key).getId();
        String what = header("foundling.change") + ' ' + header("foundling.attempt") + ' ' + header("foundling.status");
        return id + ' ' + what + (value.isPresent() ? "" : " -");
    }
}
