package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that is stored of one subject. Moments that are not there are {@link Fact#NEVER}.
 *
 * @param facts in the total order
 * @param status the status of the disposition; UNKNOWN until a status arrives
 * @param attempt its attempt; 0 until a status arrives
 * @param marks told marks, by attempt, rank and extension
 * @param reported violations reported so far
 * @param newestAppendedAtMs append time of the newest event, the last one read that changed something
 * @param newestLate whether that event was late
 * @param standingReadAtMs when the facts that gave status and attempt were read
 * @param removedAtMs when retention removed the disposition and left this stone
 */
public record SubjectState(
        List<Fact> facts,
        Collapsed collapsed,
        Status status,
        int attempt,
        Metadata metadata,
        List<Mark> marks,
        Set<Finding.Identity> reported,
        long newestAppendedAtMs,
        boolean newestLate,
        long standingReadAtMs,
        long removedAtMs) {

    /** What is known of a subject before its first event. */
    public static final SubjectState NONE = new SubjectState(
            List.of(),
            Collapsed.NONE,
            Status.UNKNOWN,
            0,
            Metadata.NONE,
            List.of(),
            Set.of(),
            Long.MIN_VALUE,
            false,
            Fact.NEVER,
            Fact.NEVER);

    /** Whether a status has arrived. */
    public boolean isKnown() {
        return status != Status.UNKNOWN;
    }

    /** Whether this is a stone: its disposition was removed by retention. */
    public boolean isRemoved() {
        return removedAtMs != Fact.NEVER;
    }

    /** Whether both have the same status in the same attempt. */
    boolean standsAs(SubjectState other) {
        return status == other.status && attempt == other.attempt;
    }

    /** Whether both would be published alike. */
    boolean publishesAs(SubjectState other) {
        return facts.equals(other.facts)
                && metadata.equals(other.metadata)
                && marks.equals(other.marks)
                && isRemoved() == other.isRemoved();
    }

    SubjectState holding(List<Fact> newFacts, Collapsed newCollapsed, Status newStatus, int newAttempt) {
        return new SubjectState(
                newFacts,
                newCollapsed,
                newStatus,
                newAttempt,
                metadata,
                marks,
                reported,
                newestAppendedAtMs,
                newestLate,
                standingReadAtMs,
                removedAtMs);
    }

    SubjectState describedBy(Metadata newMetadata) {
        return new SubjectState(
                facts,
                collapsed,
                status,
                attempt,
                newMetadata,
                marks,
                reported,
                newestAppendedAtMs,
                newestLate,
                standingReadAtMs,
                removedAtMs);
    }

    SubjectState read(long appendedAtMs, boolean late, long readAtMs) {
        return new SubjectState(
                facts,
                collapsed,
                status,
                attempt,
                metadata,
                marks,
                reported,
                appendedAtMs,
                late,
                readAtMs,
                removedAtMs);
    }

    SubjectState told(List<Mark> newMarks, List<Finding> findings) {
        Set<Finding.Identity> newReported = reported;
        if (!findings.isEmpty()) {
            newReported = new HashSet<>(reported);
            for (Finding finding : findings) {
                newReported.add(finding.identity());
            }
        }
        return new SubjectState(
                facts,
                collapsed,
                status,
                attempt,
                metadata,
                newMarks,
                newReported,
                newestAppendedAtMs,
                newestLate,
                standingReadAtMs,
                removedAtMs);
    }

    /** A stone becomes a disposition again, and retention starts anew. */
    SubjectState wokenAt(long nowMs) {
        return new SubjectState(
                facts,
                collapsed,
                status,
                attempt,
                metadata,
                marks,
                reported,
                newestAppendedAtMs,
                newestLate,
                nowMs,
                Fact.NEVER);
    }

    SubjectState removedAt(long nowMs) {
        return new SubjectState(
                facts,
                collapsed,
                status,
                attempt,
                Metadata.NONE,
                marks,
                reported,
                newestAppendedAtMs,
                newestLate,
                standingReadAtMs,
                nowMs);
    }
}
