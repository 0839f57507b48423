package io.foundling.topology.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One audit event as it was read, checked, and reduced to what the lifecycle rules take.
 *
 * @param fact none for Annotated and Reconciled, and for what may not be applied
 * @param attempt the attempt's number; 0 if the event has none
 * @param metadata as received; empty for what may not be applied
 * @param violations what is wrong with the event by itself
 * @param appendedAtMs when it reached the source topic
 */
public record Arrival(
        Optional<Fact> fact,
        UUID eventId,
        int attempt,
        long occurredAtMs,
        Map<String, String> metadata,
        List<Violation> violations,
        long appendedAtMs) {

    /** Returns how long after it happened it was appended (rule T5). */
    public long latenessMs() {
        return appendedAtMs - occurredAtMs;
    }
}
