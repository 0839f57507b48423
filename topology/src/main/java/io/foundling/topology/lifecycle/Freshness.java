package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * What shows how fresh a declared scope is: its declaration and its runs (rule F1). From it follows for any age why the
 * scope is stale, or when it will be (rule F2). Making it costs one walk over the facts of the scope.
 *
 * @param warnedMs the limit of its active warning; {@link Times#NEVER} without one
 * @param activeMs since when its latest run is under way; {@link Times#NEVER} if it is not
 * @param end how a run ended last
 */
public record Freshness(Declaration declaration, long warnedMs, long activeMs, RunEnd end) {

    static Freshness of(Declaration declaration, Disposition state, Placement placement, List<Wait> derived) {
        return new Freshness(
                declaration,
                state.orphanWarning()
                        .map(warning -> warning.limit().deadline().limitMs())
                        .orElse(Times.NEVER),
                state.awaits() ? activeMs(placement.latest().orElseThrow(), derived) : Times.NEVER,
                RunEnd.last(
                        placement.attempts().values(), state.collapsed().scope().end()));
    }

    /** A run that was begun again, or extended too late, is under way since then. */
    private static long activeMs(AttemptFacts latest, List<Wait> derived) {
        for (Fact fact : latest.facts()) {
            if (fact.type().hasStatus() && fact.type().status() != Status.EXPECTED) {
                Wait present = Waits.present(derived, latest);
                boolean isAgain = present != null && present.id().extension() > 0;
                return isAgain ? Math.max(fact.occurredAtMs(), present.enteredAtMs()) : fact.occurredAtMs();
            }
        }
        return Times.NEVER;
    }

    /** Returns why the scope is stale or will be by a schedule: the first counts. */
    public List<Stale> reasons(Schedule schedule) {
        List<Stale> reasons = new ArrayList<>(3);
        boolean isActive = activeMs != Times.NEVER;
        if (!end.exists() && !isActive) {
            add(Staleness.NEVER_RAN, schedule.dueMs(declaration.sinceMs()), true, reasons);
        }
        add(Staleness.STUCK, Math.min(warnedMs, isActive ? stuckMs(schedule) : Times.NEVER), true, reasons);
        if (!end.exists() && isActive) {
            add(Staleness.NEVER_RAN, schedule.dueMs(declaration.sinceMs()), false, reasons);
        } else if (end.status() == Status.FAILED) {
            add(Staleness.LAST_FAILED, end.atMs(), true, reasons);
        } else if (end.exists()) {
            add(Staleness.TOO_OLD, schedule.freshMs(end.atMs()), true, reasons);
        }
        return reasons;
    }

    /** While the last completion keeps the scope fresh, a run that is under way may take its time. */
    private long stuckMs(Schedule schedule) {
        long dueMs = schedule.dueMs(activeMs);
        return end.status() == Status.COMPLETED ? Math.max(dueMs, schedule.freshMs(end.atMs())) : dueMs;
    }

    private static void add(Staleness reason, long limitMs, boolean begins, List<Stale> reasons) {
        if (limitMs != Times.NEVER) {
            reasons.add(new Stale(reason, limitMs, begins));
        }
    }
}
