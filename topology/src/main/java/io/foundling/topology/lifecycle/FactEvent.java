package io.foundling.topology.lifecycle;

import java.util.Objects;
import java.util.UUID;

/**
 * The event that a fact was read from.
 *
 * @param appendedAtMs when it was appended to its topic; of an event that is read again, when it was read first
 */
public record FactEvent(UUID id, long appendedAtMs) {

    public FactEvent {
        Objects.requireNonNull(id, "id");
    }
}
