package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is stored of one subject. Moments that are not there are {@link Times#NEVER}.
 *
 * @param facts in the total order
 * @param status the status of the disposition; UNKNOWN until a status arrives
 * @param attempt its attempt; 0 until a status arrives
 * @param warnings emitted and not withdrawn, by attempt, rank and extension
 * @param reported violations reported so far
 * @param newestAppendedAtMs append time of the newest event, the last one read that changed something
 * @param newestLate whether that event was late
 * @param statusReadAtMs when the facts that gave status and attempt were read
 * @param removedAtMs when retention removed the disposition and left this stone
 */
public record Disposition(
        List<Fact> facts,
        Collapsed collapsed,
        Status status,
        int attempt,
        Metadata metadata,
        List<Warning> warnings,
        Set<Violation.Identity> reported,
        long newestAppendedAtMs,
        boolean newestLate,
        long statusReadAtMs,
        long removedAtMs) {

    /** What is known of a subject before its first event. */
    public static final Disposition NONE = new Disposition(
            List.of(),
            Collapsed.NONE,
            Status.UNKNOWN,
            0,
            Metadata.NONE,
            List.of(),
            Set.of(),
            Long.MIN_VALUE,
            false,
            Times.NEVER,
            Times.NEVER);

    /** Whether a status has arrived. */
    public boolean isKnown() {
        return status != Status.UNKNOWN;
    }

    /** Whether this is a stone: its disposition was removed by retention. */
    public boolean isRemoved() {
        return removedAtMs != Times.NEVER;
    }

    /** Returns the warning that neither recovered nor was withdrawn: the first, if there are several. */
    public Optional<Warning> activeWarning() {
        return warnings.stream().filter(Warning::isActive).findFirst();
    }

    /** Whether both have the same status in the same attempt. */
    boolean hasSameStatusAs(Disposition other) {
        return status == other.status && attempt == other.attempt;
    }

    /** Whether both are published as the same record. */
    boolean publishesAs(Disposition other) {
        return facts.equals(other.facts)
                && metadata.equals(other.metadata)
                && warnings.equals(other.warnings)
                && isRemoved() == other.isRemoved();
    }

    Disposition holding(List<Fact> newFacts, Collapsed newCollapsed, Status newStatus, int newAttempt) {
        return new Disposition(
                newFacts,
                newCollapsed,
                newStatus,
                newAttempt,
                metadata,
                warnings,
                reported,
                newestAppendedAtMs,
                newestLate,
                statusReadAtMs,
                removedAtMs);
    }

    Disposition describedBy(Metadata newMetadata) {
        return new Disposition(
                facts,
                collapsed,
                status,
                attempt,
                newMetadata,
                warnings,
                reported,
                newestAppendedAtMs,
                newestLate,
                statusReadAtMs,
                removedAtMs);
    }

    Disposition read(long appendedAtMs, boolean late, long readAtMs) {
        return new Disposition(
                facts,
                collapsed,
                status,
                attempt,
                metadata,
                warnings,
                reported,
                appendedAtMs,
                late,
                readAtMs,
                removedAtMs);
    }

    Disposition emitted(List<Warning> newWarnings, List<Violation> violations) {
        Set<Violation.Identity> newReported = reported;
        if (!violations.isEmpty()) {
            newReported = new HashSet<>(reported);
            for (Violation violation : violations) {
                newReported.add(violation.identity());
            }
        }
        return new Disposition(
                facts,
                collapsed,
                status,
                attempt,
                metadata,
                newWarnings,
                newReported,
                newestAppendedAtMs,
                newestLate,
                statusReadAtMs,
                removedAtMs);
    }

    /** A stone becomes a disposition again, and retention starts anew. */
    Disposition wokenAt(long nowMs) {
        return new Disposition(
                facts,
                collapsed,
                status,
                attempt,
                metadata,
                warnings,
                reported,
                newestAppendedAtMs,
                newestLate,
                nowMs,
                Times.NEVER);
    }

    Disposition removedAt(long nowMs) {
        return new Disposition(
                facts,
                collapsed,
                status,
                attempt,
                Metadata.NONE,
                warnings,
                reported,
                newestAppendedAtMs,
                newestLate,
                statusReadAtMs,
                nowMs);
    }
}
