package io.foundling.topology.explain;

import io.foundling.audit.AuditEvent;
import io.foundling.topology.ledger.DeadLetterReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * One event of a trail.
 *
 * @param appendedAt when it was appended to its topic
 * @param partition in which it is, and its offset there: the order of what was appended in one millisecond
 * @param deadLetter why the ledger did not apply it, if it went to the dead letters (rule L2)
 * @param knownSince of what was expected by an expectation: since when its cause was known (rule E3)
 */
public record TrailEvent(
        AuditEvent event,
        Instant appendedAt,
        int partition,
        long offset,
        Optional<DeadLetterReason> deadLetter,
        Optional<Instant> knownSince) {

    /** The order in which events were read, as far as a trail shows it. */
    static final Comparator<TrailEvent> AS_READ = Comparator.comparing(TrailEvent::appendedAt)
            .thenComparingInt(TrailEvent::partition)
            .thenComparingLong(TrailEvent::offset)
            .thenComparing(trailed -> trailed.event().getOccurredAt())
            .thenComparing(trailed -> trailed.event().getEventId());

    /** Makes one of a source topic that the ledger has read. */
    public TrailEvent(AuditEvent event, Instant appendedAt, int partition, long offset) {
        this(event, appendedAt, partition, offset, Optional.empty(), Optional.empty());
    }

    /** Makes one of audit.expectations. */
    public static TrailEvent ofExpectation(
            AuditEvent event, Instant appendedAt, int partition, long offset, Optional<Instant> knownSince) {
        return new TrailEvent(event, appendedAt, partition, offset, Optional.empty(), knownSince);
    }
}
