package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is stored of one subject.
 *
 * @param facts in the total order
 * @param status the status of the disposition; UNKNOWN until a status arrives
 * @param attempt its attempt; 0 until a status arrives
 * @param newestAppendedAtMs append time of the newest event, the last one read that changed something
 */
public record Disposition(
        List<Fact> facts,
        Collapsed collapsed,
        Status status,
        int attempt,
        Metadata metadata,
        Emitted emitted,
        long newestAppendedAtMs,
        RetentionTimes retention) {

    /** What is known of a subject before its first event. */
    public static final Disposition NONE = new Disposition(
            List.of(),
            Collapsed.NONE,
            Status.UNKNOWN,
            0,
            Metadata.NONE,
            Emitted.NONE,
            Long.MIN_VALUE,
            RetentionTimes.NONE);

    /** Whether a status has arrived. */
    public boolean isKnown() {
        return status != Status.UNKNOWN;
    }

    /** Whether this is a stone: its disposition was removed by retention. */
    public boolean isRemoved() {
        return retention.removedAtMs() != Times.NEVER;
    }

    /** Whether its cancelled parent has ended the status (rule P9). */
    public boolean isEnded() {
        return retention.isEnded();
    }

    /** Whether more must happen: its status awaits, and its parent has not ended that. */
    public boolean awaits() {
        return Statuses.awaits(status) && !isEnded();
    }

    /** Whether the last of the subject's Declared and Retired facts is a Declared. */
    public boolean isDeclared() {
        boolean declared = collapsed.scope().declaration().isInForce();
        for (Fact fact : facts) {
            if (fact.type() == FactType.DECLARED || fact.type() == FactType.RETIRED) {
                declared = fact.type() == FactType.DECLARED;
            }
        }
        return declared;
    }

    /** Returns the warnings that were emitted and not withdrawn, by attempt, rank and extension. */
    public List<Warning> warnings() {
        return emitted.warnings();
    }

    /** Returns the closings of cancelled parents that ended what it awaited. */
    public List<Ending> endings() {
        return emitted.endings();
    }

    /** Returns the violations reported so far. */
    public Set<Violation.Identity> reported() {
        return emitted.reported();
    }

    /** Returns the warning that neither recovered nor was withdrawn: the first, if there are several. */
    public Optional<Warning> activeWarning() {
        return orphanWarning()
                .or(() -> warnings().stream().filter(Warning::isActive).findFirst());
    }

    /** Returns the first active warning that is not UNKNOWN. */
    public Optional<Warning> orphanWarning() {
        return warnings().stream().filter(Warning::isOfOrphan).findFirst();
    }

    /** Whether a warning of it is active, and not UNKNOWN. */
    public boolean isOrphan() {
        for (Warning warning : warnings()) {
            if (warning.isOfOrphan()) {
                return true;
            }
        }
        return false;
    }

    /** Whether both have the same status in the same attempt. */
    boolean hasSameStatusAs(Disposition other) {
        return status == other.status && attempt == other.attempt;
    }

    /** Whether both are published as the same record. A reminder changes nothing that a disposition shows. */
    boolean publishesAs(Disposition other) {
        return facts.equals(other.facts)
                && metadata.equals(other.metadata)
                && showsWarningsOf(other)
                && retention.endedAtMs() == other.retention.endedAtMs()
                && isRemoved() == other.isRemoved();
    }

    private boolean showsWarningsOf(Disposition other) {
        if (warnings().size() != other.warnings().size()) {
            return false;
        }
        for (int i = 0; i < warnings().size(); i++) {
            if (!warnings().get(i).differsInRemindersOnly(other.warnings().get(i))) {
                return false;
            }
        }
        return true;
    }

    Disposition holding(List<Fact> newFacts, Collapsed newCollapsed, Status newStatus, int newAttempt) {
        boolean collapses = newCollapsed.throughAttempt() > collapsed.throughAttempt();
        Emitted remembered = collapses ? emitted.without(newCollapsed) : emitted;
        return new Disposition(
                newFacts, newCollapsed, newStatus, newAttempt, metadata, remembered, newestAppendedAtMs, retention);
    }

    Disposition describedBy(Metadata newMetadata) {
        return new Disposition(facts, collapsed, status, attempt, newMetadata, emitted, newestAppendedAtMs, retention);
    }

    Disposition read(long appendedAtMs, long statusReadAtMs) {
        return new Disposition(
                facts, collapsed, status, attempt, metadata, emitted, appendedAtMs, retention.readAt(statusReadAtMs));
    }

    Disposition emitting(List<Warning> newWarnings, List<Violation> violations, List<Ending> endings) {
        return new Disposition(
                facts,
                collapsed,
                status,
                attempt,
                metadata,
                emitted.with(newWarnings, violations, endings),
                newestAppendedAtMs,
                retention);
    }

    /** @param atMs when its cancelled parent ended its status; {@link Times#NEVER} if it did not */
    Disposition endedAt(long atMs, long nowMs) {
        return atMs == retention.endedAtMs() ? this : keeping(retention.endedAt(atMs, nowMs));
    }

    private Disposition keeping(RetentionTimes newRetention) {
        return new Disposition(facts, collapsed, status, attempt, metadata, emitted, newestAppendedAtMs, newRetention);
    }

    /** Returns what is left of an erased subject while its closings are taken back: when its newest event was read. */
    public Disposition erased() {
        return new Disposition(
                NONE.facts,
                NONE.collapsed,
                NONE.status,
                NONE.attempt,
                NONE.metadata,
                NONE.emitted,
                newestAppendedAtMs,
                NONE.retention);
    }

    /** A stone becomes a disposition again, and retention starts anew. */
    Disposition wokenAt(long nowMs) {
        return keeping(retention.wokenAt(nowMs));
    }

    Disposition removedAt(long nowMs) {
        return new Disposition(
                facts,
                collapsed,
                status,
                attempt,
                Metadata.NONE,
                emitted,
                newestAppendedAtMs,
                retention.removedAt(nowMs));
    }
}
