package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what an event or the passing of time means for a subject: facts in, {@link Decision} out. The disposition is a
 * fold over the sorted facts, so neither arrival order nor duplication matters.
 */
public final class Lifecycle {

    /** A subject with this many reported violations is known to be broken; more of them are not told. */
    private static final int MAX_REPORTED = 256;

    private final Rules rules;

    public Lifecycle(Rules rules) {
        this.rules = rules;
    }

    /** Decides on an event of the subject. */
    public Decision onEvent(SubjectState before, Arrival arrival, Moment moment, Parents parents) {
        List<Finding> findings = new ArrayList<>(arrival.findings());
        Optional<List<Fact>> inserted = arrival.fact().flatMap(fact -> FactList.insert(before.facts(), fact));
        boolean tooLate =
                inserted.isPresent() && isTooLate(arrival.fact().orElseThrow(), inserted.get(), before.collapsed());
        if (tooLate) {
            findings.add(tooLate(before.collapsed()));
        }
        Bounds.Bounded bounded = inserted.isEmpty() || tooLate
                ? new Bounds.Bounded(before.facts(), before.collapsed())
                : Bounds.bound(inserted.get(), before.collapsed());
        Placement placement = Placement.of(bounded.facts(), bounded.collapsed());
        findings.addAll(Findings.of(placement));

        SubjectState folded = before.holding(
                bounded.facts(),
                bounded.collapsed(),
                placement.standing().map(AttemptFacts::status).orElse(Status.UNKNOWN),
                placement.standing().map(AttemptFacts::number).orElse(0));
        if (!tooLate && !(before.isRemoved() && folded.standsAs(before))) {
            Metadata.Merged merged = before.metadata().merge(arrival);
            folded = folded.describedBy(merged.metadata());
            if (merged.truncated()) {
                findings.add(truncated());
            }
        }
        boolean firstRead = before.standingReadAtMs() == Fact.NEVER && !findings.isEmpty();
        if (firstRead || !folded.equals(before)) {
            boolean keepsStanding = before.isKnown() && folded.standsAs(before);
            folded = folded.read(
                    arrival.appendedAtMs(), arrival.late(), keepsStanding ? before.standingReadAtMs() : moment.nowMs());
        }
        return decide(before, folded, placement, findings, moment, parents);
    }

    /** Decides on a subject whose expiry index entry is due. */
    public Decision onSweep(SubjectState before, Moment moment, Parents parents) {
        Placement placement = Placement.of(before.facts(), before.collapsed());
        return decide(before, before, placement, List.of(), moment, parents);
    }

    /** Whether a subject of this state is to be deleted from the store, its stone's time being over. */
    public boolean isForgotten(SubjectState state, Moment moment) {
        return moment.clockMs() > goneMs(state);
    }

    private static boolean isTooLate(Fact fact, List<Fact> inserted, Collapsed collapsed) {
        if (collapsed.throughAttempt() == 0) {
            return false;
        }
        return collapsed.isTooLate(fact) || !Placement.of(inserted, collapsed).holds(fact);
    }

    private static Finding tooLate(Collapsed collapsed) {
        return new Finding(
                ViolationType.TOO_LATE,
                0,
                "the fact belongs to an attempt up to " + collapsed.throughAttempt()
                        + ", whose facts were summarised; expected at most " + Bounds.MAX_FACTS + " facts a subject");
    }

    private static Finding truncated() {
        return new Finding(
                ViolationType.METADATA_TRUNCATED,
                0,
                "the metadata was cut; expected at most " + Metadata.MAX_KEYS + " keys of at most "
                        + Metadata.MAX_KEY_LENGTH + " characters with values of at most " + Metadata.MAX_VALUE_BYTES
                        + " bytes");
    }

    private Decision decide(
            SubjectState before,
            SubjectState folded,
            Placement placement,
            List<Finding> found,
            Moment moment,
            Parents parents) {
        long heldUntilMs = heldUntilMs(folded, moment);
        boolean held = moment.clockMs() <= heldUntilMs;
        List<Watch> watches = new ArrayList<>(folded.collapsed().watches());
        watches.addAll(new ClosingLimits(parents, rules.settleGraceMs())
                .apply(Watches.of(placement), placement, folded.marks()));
        Teller.Telling telling = new Teller(moment, held)
                .tell(watches, folded.marks(), folded.collapsed().throughAttempt());
        List<Watch> untold = untold(watches, telling.marks());

        List<Finding> findings = fresh(found, before.reported());
        SubjectState told = folded.told(telling.marks(), findings);
        boolean standsOpen = untold.stream().anyMatch(Watch::hasLeft) || awaits(told.status());
        boolean wakes = told.isRemoved()
                && (standsOpen || !told.standsAs(before) || !telling.notices().isEmpty());
        SubjectState awake = wakes ? told.wokenAt(moment.nowMs()) : told;

        long removalMs = standsOpen || isDeclared(awake) ? Fact.NEVER : removalMs(awake);
        boolean removes =
                moment.clockMs() > removalMs || removalMs != Fact.NEVER && removalMs == awake.standingReadAtMs();
        SubjectState after = removes ? awake.removedAt(moment.nowMs()) : awake;
        // An eventId sent twice with two contents may take a status back.
        boolean retracts = before.isKnown() && !before.isRemoved() && !after.isKnown();
        long supersededMs = after.isRemoved() ? Fact.NEVER : Supersessions.firstLimitMs(placement);
        Decision.Supersession supersession = supersession(supersededMs, moment, held);
        long tellMs = Math.min(
                untold.stream().mapToLong(Watch::dueMs).min().orElse(Fact.NEVER),
                supersession == Decision.Supersession.STANDS ? Fact.NEVER : supersededMs);
        return new Decision(
                after,
                !after.equals(before),
                awake.isKnown() && !awake.isRemoved() && !awake.publishesAs(before),
                removes || retracts,
                telling.notices(),
                findings,
                supersession,
                min(
                        tellMs == Fact.NEVER ? tellMs : Math.max(tellMs, heldUntilMs),
                        removes ? Fact.NEVER : removalMs,
                        goneMs(after)));
    }

    /** Returns the moment that the clock must be past before a mark is told; {@link Long#MIN_VALUE}: nothing holds it. */
    public long heldUntilMs(SubjectState state, Moment moment) {
        if (!state.newestLate()) {
            return Long.MIN_VALUE;
        }
        return Math.min(
                Fact.saturatedAdd(moment.lastLateMs(), rules.lateArrivalGraceMs()),
                Fact.saturatedAdd(state.newestAppendedAtMs(), rules.maxLateHoldMs()));
    }

    private static Decision.Supersession supersession(long limitMs, Moment moment, boolean held) {
        if (limitMs == Fact.NEVER) {
            return Decision.Supersession.NONE;
        }
        return held || moment.clockMs() <= limitMs ? Decision.Supersession.NOT_YET : Decision.Supersession.STANDS;
    }

    private static List<Watch> untold(List<Watch> watches, List<Mark> marks) {
        return watches.stream()
                .filter(Watch::canBeTold)
                .filter(watch ->
                        marks.stream().noneMatch(mark -> watch.sameAs(mark.attempt(), mark.status(), mark.extension())))
                .toList();
    }

    private static List<Finding> fresh(List<Finding> found, Set<Finding.Identity> reported) {
        if (found.isEmpty() || reported.size() >= MAX_REPORTED) {
            return List.of();
        }
        Set<Finding.Identity> seen = new HashSet<>(reported);
        return found.stream().filter(finding -> seen.add(finding.identity())).toList();
    }

    private static boolean awaits(Status status) {
        return switch (status) {
            case EXPECTED, OPEN, DEFERRED, PENDING, RETRYING -> true;
            default -> false;
        };
    }

    /** Whether the last of the subject's Declared and Retired facts is a Declared. */
    private static boolean isDeclared(SubjectState state) {
        boolean declared = state.collapsed().declared();
        for (Fact fact : state.facts()) {
            if (fact.type() == FactType.DECLARED || fact.type() == FactType.RETIRED) {
                declared = fact.type() == FactType.DECLARED;
            }
        }
        return declared;
    }

    /** When retention removes a disposition; with a retention of 0 that is when it was read. */
    private long removalMs(SubjectState state) {
        if (!state.isKnown() || state.isRemoved()) {
            return Fact.NEVER;
        }
        long keptMs = state.status() == Status.COMPLETED ? rules.completedMs() : rules.unsuccessfulMs();
        return Fact.saturatedAdd(state.standingReadAtMs(), keptMs);
    }

    /** When a stone, or a subject without a status, is forgotten. */
    private long goneMs(SubjectState state) {
        if (state.isRemoved()) {
            return Fact.saturatedAdd(state.removedAtMs(), rules.memoryMs());
        }
        return state.isKnown() ? Fact.NEVER : Fact.saturatedAdd(state.standingReadAtMs(), rules.memoryMs());
    }

    private static long min(long a, long b, long c) {
        return Math.min(a, Math.min(b, c));
    }
}
