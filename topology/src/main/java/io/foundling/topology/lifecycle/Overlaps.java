package io.foundling.topology.lifecycle;

import io.foundling.audit.ViolationType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds runs of a scope that began while another one was active, as its own later reports prove (rule F4). */
final class Overlaps {

    private Overlaps() {}

    static List<Violation> of(Placement placement, SingleRun single, long allowedLagMs) {
        List<Violation> violations = new ArrayList<>();
        for (AttemptFacts run : placement.attempts().values()) {
            Fact began = firstWork(run);
            if (began != null) {
                placement.attempts().values().stream()
                        .filter(other -> single.isSame(run, other))
                        .filter(other -> isActive(other, began, allowedLagMs))
                        .findFirst()
                        .ifPresent(other -> violations.add(violation(run, began, other)));
            }
        }
        return violations;
    }

    /** Whether a run had begun before another one, had not ended within the lag, and reported something after that. */
    private static boolean isActive(AttemptFacts run, Fact otherBegan, long allowedLagMs) {
        Fact began = firstWork(run);
        if (began == null || !began.precedes(otherBegan)) {
            return false;
        }
        long timeMs = Times.plus(otherBegan.occurredAtMs(), allowedLagMs);
        boolean reported = false;
        for (Fact fact : run.facts()) {
            if (fact.type().isEnd() && fact.occurredAtMs() <= timeMs) {
                return false;
            }
            reported |= fact.type().hasStatus() && fact.occurredAtMs() > timeMs;
        }
        return reported;
    }

    private static Fact firstWork(AttemptFacts run) {
        for (Fact fact : run.facts()) {
            if (fact.type().isWork()) {
                return fact;
            }
        }
        return null;
    }

    private static Violation violation(AttemptFacts run, Fact began, AttemptFacts other) {
        return new Violation(
                ViolationType.DUPLICATE_ACTIVE,
                run.number(),
                "attempt " + run.number() + " began at " + Instant.ofEpochMilli(began.occurredAtMs())
                        + " while attempt " + other.number()
                        + " was active; expected one at a time; singleRun of the policy says so");
    }
}
