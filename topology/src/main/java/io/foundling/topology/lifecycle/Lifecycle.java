package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Decides what an event or the passing of time means for a subject: facts in, {@link Decision} out. The disposition is
 * a fold over the sorted facts, so neither arrival order nor duplication matters.
 */
public final class Lifecycle {

    /** A subject with this many reported violations is known to be broken; no further ones are reported (rule L13). */
    private static final int MAX_REPORTED = 256;

    private final LifecycleSettings settings;

    public Lifecycle(LifecycleSettings settings) {
        this.settings = settings;
    }

    /** Returns a subject whose facts are placed when that is needed. */
    public PlacedDisposition placed(String subjectKey, Disposition state) {
        return new PlacedDisposition(state, Distances.of(subjectKey, settings));
    }

    /**
     * Returns a subject that a rebuild made: the violations that its facts show were reported before (rule R6).
     *
     * @param singleRun which of its runs must not be active at once; none: any may
     */
    public Disposition rebuilt(String subjectKey, Disposition state, Optional<SingleRun> singleRun) {
        Distances distances = Distances.of(subjectKey, settings);
        Placement placement = Placement.of(state.facts(), state.collapsed(), distances);
        return state.emitting(state.warnings(), violations(placement, singleRun, distances), state.endings());
    }

    private static List<Violation> violations(Placement placement, Optional<SingleRun> singleRun, Distances distances) {
        List<Violation> violations = new ArrayList<>(Violations.of(placement, distances.allowedLagMs()));
        singleRun.ifPresent(which -> violations.addAll(Overlaps.of(placement, which, distances.allowedLagMs())));
        return violations;
    }

    /** Decides on an event of the subject. */
    public Decision onEvent(String subjectKey, Disposition before, Arrival arrival, Moment moment, Parents parents) {
        Distances distances = Distances.of(subjectKey, settings);
        List<Violation> violations = new ArrayList<>(arrival.violations());
        Collapsed collapsed = arrival.fact().isEmpty()
                ? before.collapsed()
                : before.collapsed().reading(arrival.fact().get(), distances);
        Optional<Fact> read = collapsed.former().numbered(arrival.fact());
        Optional<List<Fact>> inserted = read.flatMap(fact -> FactList.insert(before.facts(), fact));
        boolean tooLate = inserted.isPresent() && isTooLate(read.orElseThrow(), inserted.get(), collapsed, distances);
        if (tooLate) {
            violations.add(tooLate(read.orElseThrow(), collapsed, distances));
        }
        Bounds.Kept bounded = inserted.isEmpty() || tooLate
                ? new Bounds.Kept(before.facts(), before.collapsed())
                : Bounds.keep(inserted.get(), collapsed, distances);
        Placement placement = Placement.of(bounded.facts(), bounded.collapsed(), distances);
        violations.addAll(violations(placement, arrival.singleRun(), distances));

        Disposition folded = folded(before, bounded, placement);
        if (!tooLate && !(before.isRemoved() && folded.hasSameStatusAs(before))) {
            Metadata.Merged merged = before.metadata().merge(arrival);
            folded = folded.describedBy(merged.metadata());
            if (merged.truncated()) {
                violations.add(truncated());
            }
        }
        boolean firstRead = before.retention().statusReadAtMs() == Times.NEVER && !violations.isEmpty();
        if (firstRead || !folded.equals(before)) {
            boolean keepsStatus = before.isKnown() && folded.hasSameStatusAs(before);
            folded = folded.read(
                    arrival.appendedAtMs(), keepsStatus ? before.retention().statusReadAtMs() : moment.nowMs());
        }
        PlacedDisposition placedBefore = new PlacedDisposition(before, distances);
        List<Fact> outOfStep = newlyOutOfStep(placement, placedBefore);
        return decide(placedBefore, folded, placement, violations, outOfStep, moment, parents);
    }

    /** Decides on a subject whose expiry index entry is due. */
    public Decision onSweep(String subjectKey, Disposition before, Moment moment, Parents parents) {
        PlacedDisposition placed = placed(subjectKey, before);
        return decide(placed, before, placed.placement(), List.of(), List.of(), moment, parents);
    }

    /**
     * Decides on a subject whose deadlines may follow other policies by now (rule T21).
     *
     * @param policies gives an awaiting fact the deadline that the policies in force give it; none if it is an Expected of
     *     an expectation that is not in force
     */
    public Decision onPolicies(
            String subjectKey,
            Disposition before,
            Function<Fact, Optional<Fact>> policies,
            Moment moment,
            Parents parents) {
        PlacedDisposition placed = placed(subjectKey, before);
        Distances distances = Distances.of(subjectKey, settings);
        return onFacts(placed, RetimedFacts.of(placed, distances, policies), distances, moment, parents);
    }

    /** Decides on a subject of which an Expected is revoked (rule E5). */
    public Decision onRevoked(String subjectKey, Disposition before, UUID eventId, Moment moment, Parents parents) {
        List<Fact> facts = before.facts().stream()
                .filter(fact -> !(fact.isOfExpectation() && fact.eventId().equals(eventId)))
                .toList();
        return onFacts(placed(subjectKey, before), facts, Distances.of(subjectKey, settings), moment, parents);
    }

    private Decision onFacts(
            PlacedDisposition before, List<Fact> facts, Distances distances, Moment moment, Parents parents) {
        Disposition state = before.disposition();
        Placement placement = Placement.of(facts, state.collapsed(), distances);
        Disposition folded = folded(state, new Bounds.Kept(facts, state.collapsed()), placement);
        if (!folded.hasSameStatusAs(state)) {
            folded = folded.read(state.newestAppendedAtMs(), moment.nowMs());
        }
        return decide(before, folded, placement, List.of(), List.of(), moment, parents);
    }

    private static Disposition folded(Disposition before, Bounds.Kept kept, Placement placement) {
        return before.holding(
                kept.facts(),
                kept.collapsed(),
                placement.latest().map(AttemptFacts::status).orElse(Status.UNKNOWN),
                placement.latest().map(AttemptFacts::number).orElse(0));
    }

    /** Whether a subject is to be deleted from the store (rule R4). */
    public boolean isForgotten(Disposition state, Moment moment) {
        return moment.clockMs() > goneMs(state);
    }

    private static boolean isTooLate(Fact fact, List<Fact> inserted, Collapsed collapsed, Distances distances) {
        if (collapsed.throughAttempt() == 0) {
            return false;
        }
        return collapsed.isTooLate(fact, distances)
                || !Placement.of(inserted, collapsed, distances).holds(fact);
    }

    private static Violation tooLate(Fact fact, Collapsed collapsed, Distances distances) {
        FormerNumbers former = collapsed.former();
        if (collapsed.isFormer() || former.holds(fact, distances)) {
            return new Violation(
                    ViolationType.TOO_LATE,
                    0,
                    "the fact belongs to an attempt up to " + former.last()
                            + " of a parent that was forgotten; expected one after "
                            + Instant.ofEpochMilli(former.throughMs(distances))
                            + ", allowedLag after its last event, and no number or a higher one");
        }
        return new Violation(
                ViolationType.TOO_LATE,
                0,
                "the fact belongs to an attempt up to " + collapsed.throughAttempt()
                        + ", whose facts were summarised; expected at most " + Bounds.MAX_FACTS + " facts a subject");
    }

    private static Violation truncated() {
        return new Violation(
                ViolationType.METADATA_TRUNCATED,
                0,
                "the metadata was cut; expected at most " + Metadata.MAX_KEYS + " keys of at most "
                        + Metadata.MAX_KEY_LENGTH + " characters with values of at most " + Metadata.MAX_VALUE_BYTES
                        + " bytes");
    }

    private Decision decide(
            PlacedDisposition placedBefore,
            Disposition folded,
            Placement placement,
            List<Violation> found,
            List<Fact> outOfStep,
            Moment moment,
            Parents parents) {
        Disposition before = placedBefore.disposition();
        List<Wait> derived = Waits.of(placement);
        List<Wait> own = new ArrayList<>(folded.collapsed().waits());
        own.addAll(derived);
        ClosingLimits limits = new ClosingLimits(parents, settings.settleGraceMs(), placement, folded);
        List<Wait> waits = limits.apply(own, folded.warnings());
        WarningReview.Reviewed review = new WarningReview(moment, settings.maxLateHoldMs())
                .review(waits, folded.warnings(), folded.collapsed());
        List<Wait> notEmitted = notEmitted(waits, review.warnings());

        List<Violation> violations = fresh(found, folded);
        long endedAtMs = placement.latest().map(limits::endedAtMs).orElse(Times.NEVER);
        Disposition emitted =
                folded.emitting(review.warnings(), violations, limits.endings()).endedAt(endedAtMs, moment.nowMs());
        boolean isOpen = emitted.awaits() || isAnyLeft(notEmitted);
        boolean wakes = emitted.isRemoved()
                && (isOpen
                        || !emitted.hasSameStatusAs(before)
                        || !review.changes().isEmpty());
        Disposition awake = wakes ? emitted.wokenAt(moment.nowMs()) : emitted;

        long removalMs = isOpen || awake.isDeclared() ? Times.NEVER : removalMs(awake);
        boolean removes = moment.clockMs() > removalMs
                || removalMs != Times.NEVER && removalMs == awake.retention().statusReadAtMs();
        Disposition after = removes ? awake.removedAt(moment.nowMs()) : awake;
        // A second event with the same eventId can take the status away (rule L4).
        boolean retracts = before.isKnown() && !before.isRemoved() && !after.isKnown();
        Supersessions superseded = after.isRemoved()
                ? Supersessions.none()
                : Supersessions.of(placement, limits, moment.delay(), settings.maxLateHoldMs());
        long emitMs = superseded.nextDueMs(moment.clockMs());
        for (Wait wait : notEmitted) {
            emitMs = Math.min(emitMs, lookAtMs(wait, moment));
        }
        emitMs = Math.min(emitMs, confirmMs(waits, review.warnings(), moment));
        PlacedDisposition placedAfter = placedBefore.as(after, placement, derived);
        Decision.Scope scope = scope(placedAfter, moment);
        return new Decision(
                placedBefore,
                placedAfter,
                !after.equals(before),
                new Decision.Outputs(
                        awake.isKnown() && !awake.isRemoved() && !awake.publishesAs(before),
                        removes || retracts,
                        review.changes(),
                        violations,
                        outOfStep),
                new Decision.Superseded(superseded.due(moment.clockMs()), superseded.count()),
                new Decision.Waiting(
                        isUnwatched(after, placement, waits),
                        isAnyEmittable(notEmitted, moment.clockMs()),
                        UnreadClosures.passed(limits.unread(), moment)),
                scope,
                min(
                        min(
                                Math.min(emitMs, scope.lookAtMs()),
                                reminderMs(review.warnings(), moment),
                                UnreadClosures.lookAtMs(limits.unread(), moment)),
                        removes ? Times.NEVER : removalMs,
                        goneMs(after)));
    }

    /** Judges the reasons for which a scope is stale (rule F2). */
    private Decision.Scope scope(PlacedDisposition subject, Moment moment) {
        Freshness freshness = subject.freshness().orElse(null);
        if (freshness == null) {
            return Decision.Scope.NONE;
        }
        long givenMs = subject.disposition().newestAppendedAtMs();
        List<Decision.Judged> reasons = new ArrayList<>(2);
        long lookAtMs = Times.NEVER;
        for (Stale reason : freshness.reasons(schedule(freshness, moment))) {
            long dueMs = moment.delay().dueMs(reason.limitMs(), givenMs, settings.maxLateHoldMs());
            boolean isUnknown = !reason.isReported() && moment.isUnknown(reason.limitMs());
            boolean isDue = moment.clockMs() > dueMs && !isUnknown;
            reasons.add(new Decision.Judged(reason, isDue));
            if (!isDue && reason.begins() && !isUnknown) {
                lookAtMs = Math.min(lookAtMs, dueMs);
            }
        }
        return new Decision.Scope(true, reasons, lookAtMs);
    }

    private static Schedule schedule(Freshness freshness, Moment moment) {
        return moment.schedule().isPresent()
                ? moment.schedule().get()
                : Schedule.every(freshness.declaration().maxAgeMs());
    }

    private static boolean isAnyLeft(List<Wait> waits) {
        return waits.stream().anyMatch(Wait::hasLeft);
    }

    private static boolean isAnyEmittable(List<Wait> waits, long clockMs) {
        for (Wait wait : waits) {
            if (clockMs > wait.emittableMs()) {
                return true;
            }
        }
        return false;
    }

    /** A declaration has a maxAge instead of a deadline. */
    private static boolean isUnwatched(Disposition state, Placement placement, List<Wait> waits) {
        if (state.isRemoved() || !state.awaits()) {
            return false;
        }
        AttemptFacts latest = placement.latest().orElseThrow();
        if (!placement.parentOf(latest).isEmpty()
                || latest.deciding().orElseThrow().type() == FactType.DECLARED) {
            return false;
        }
        Wait present = Waits.present(waits, latest);
        return present != null && !present.limit().deadline().exists();
    }

    private static long reminderMs(List<Warning> warnings, Moment moment) {
        long reminderMs = Times.NEVER;
        for (Warning warning : warnings) {
            reminderMs = Math.min(reminderMs, warning.reminderMs(moment.reminders()));
        }
        return reminderMs;
    }

    /** Returns when to confirm what is UNKNOWN of a source that was heard again (rule T28). */
    private long confirmMs(List<Wait> waits, List<Warning> warnings, Moment moment) {
        long confirmMs = Times.NEVER;
        for (Warning warning : warnings) {
            if (warning.unknown() && !moment.silence().isNow()) {
                confirmMs = Math.min(confirmMs, confirmMs(waits, warning, moment));
            }
        }
        return confirmMs;
    }

    private long confirmMs(List<Wait> waits, Warning warning, Moment moment) {
        for (Wait wait : waits) {
            if (warning.isOf(wait)) {
                return Math.max(
                        wait.dueMs(moment.delay(), settings.maxLateHoldMs()),
                        moment.silence().settledMs());
            }
        }
        return Times.NEVER;
    }

    /** A wait is looked at when its limit has passed, so that what waits for a delay is seen to, and when it is due. */
    private long lookAtMs(Wait wait, Moment moment) {
        return moment.clockMs() <= wait.emittableMs()
                ? wait.emittableMs()
                : wait.dueMs(moment.delay(), settings.maxLateHoldMs());
    }

    /** Returns the facts of the source that were in step, or unknown, before the event (rules L20 and E4). */
    private static List<Fact> newlyOutOfStep(Placement placement, PlacedDisposition before) {
        if (placement.outOfStep().isEmpty()) {
            return List.of();
        }
        Set<UUID> known = new HashSet<>();
        before.placement().outOfStep().forEach(fact -> known.add(fact.eventId()));
        return placement.outOfStep().stream()
                .filter(fact -> !fact.isOfExpectation() && !known.contains(fact.eventId()))
                .toList();
    }

    private static List<Wait> notEmitted(List<Wait> waits, List<Warning> warnings) {
        List<Wait> notEmitted = new ArrayList<>(waits.size());
        for (Wait wait : waits) {
            if (wait.canBecomeOverdue()
                    && (warnings.isEmpty() || warnings.stream().noneMatch(each -> each.isOf(wait)))) {
                notEmitted.add(wait);
            }
        }
        return notEmitted;
    }

    /** Returns the violations to publish: of collapsed attempts it is not remembered which were (rule B2). */
    private static List<Violation> fresh(List<Violation> found, Disposition state) {
        if (found.isEmpty() || state.reported().size() >= MAX_REPORTED) {
            return List.of();
        }
        Set<Violation.Identity> seen = new HashSet<>(state.reported());
        return found.stream()
                .filter(violation ->
                        violation.attempt() == 0 || !state.collapsed().holds(violation.attempt()))
                .filter(violation -> seen.add(violation.identity()))
                .toList();
    }

    /** When retention removes a disposition; with a retention of 0 that is when it was read. */
    private long removalMs(Disposition state) {
        if (!state.isKnown() || state.isRemoved()) {
            return Times.NEVER;
        }
        long keptMs = state.status() == Status.COMPLETED ? settings.completedMs() : settings.unsuccessfulMs();
        return Times.plus(state.retention().statusReadAtMs(), keptMs);
    }

    /** When a stone, or a subject without a status, is forgotten. */
    private long goneMs(Disposition state) {
        if (state.isRemoved()) {
            return Times.plus(state.retention().removedAtMs(), settings.memoryMs());
        }
        return state.isKnown() ? Times.NEVER : Times.plus(state.retention().statusReadAtMs(), settings.memoryMs());
    }

    private static long min(long a, long b, long c) {
        return Math.min(a, Math.min(b, c));
    }
}
