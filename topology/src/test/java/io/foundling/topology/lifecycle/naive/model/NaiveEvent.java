package io.foundling.topology.lifecycle.naive.model;

import io.foundling.topology.lifecycle.Fact;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An event as it arrives.
 *
 * @param fact empty for Annotated and Reconciled
 * @param attempt as in the fact; 0 without a number
 */
public record NaiveEvent(
        Optional<Fact> fact,
        UUID eventId,
        int attempt,
        long occurredAtMs,
        Map<String, String> metadata,
        long appendedAtMs) {

    public NaiveEvent {
        metadata = Map.copyOf(metadata);
    }
}
