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
 * @param singleRun which runs of its subject must not be active at once; none: any may
 */
public record Arrival(
        Optional<Fact> fact,
        UUID eventId,
        int attempt,
        long occurredAtMs,
        Map<String, String> metadata,
        List<Violation> violations,
        long appendedAtMs,
        Optional<SingleRun> singleRun) {

    /** Makes one of a subject of which any runs may be active at once. */
    public Arrival(
            Optional<Fact> fact,
            UUID eventId,
            int attempt,
            long occurredAtMs,
            Map<String, String> metadata,
            List<Violation> violations,
            long appendedAtMs) {
        this(fact, eventId, attempt, occurredAtMs, metadata, violations, appendedAtMs, Optional.empty());
    }

    /** Returns this with another deadline of its fact. */
    public Arrival under(Deadline deadline) {
        return new Arrival(
                fact.map(each -> each.under(deadline)),
                eventId,
                attempt,
                occurredAtMs,
                metadata,
                violations,
                appendedAtMs,
                singleRun);
    }

    /** Returns how long after it happened it was appended (rule T5). */
    public long latenessMs() {
        return appendedAtMs - occurredAtMs;
    }
}
