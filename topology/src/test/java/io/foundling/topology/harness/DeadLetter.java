package io.foundling.topology.harness;

import io.foundling.topology.names.Headers;
import java.util.Map;
import java.util.Optional;

/**
 * One dead letter.
 *
 * @param headers as text
 */
public record DeadLetter(Optional<byte[]> key, Optional<byte[]> value, Map<String, String> headers) {

    public String reason() {
        return headers.get(Headers.REASON);
    }

    /** Returns where it was read, as {@code topic-partition@offset}. */
    public String position() {
        return headers.get(Headers.TOPIC) + '-' + headers.get(Headers.PARTITION) + '@' + headers.get(Headers.OFFSET);
    }

    public String message() {
        return headers.get(Headers.MESSAGE);
    }
}
