package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Derives the violations that facts show together: rules L7, L10, L11 and L12. */
final class Violations {

    private Violations() {}

    static List<Violation> of(Placement placement, long allowedLagMs) {
        List<Violation> violations = new ArrayList<>();
        for (AttemptFacts attempt : placement.attempts().values()) {
            conflictingOutcome(attempt, violations);
            parentMismatch(attempt, violations);
            backwardTransition(attempt, placement.outOfStep(), allowedLagMs, violations);
        }
        for (Fact fact : placement.outOfRange()) {
            violations.add(new Violation(
                    ViolationType.ATTEMPT_OUT_OF_RANGE,
                    fact.attempt(),
                    "attempt " + fact.attempt() + " is more than " + Placement.MAX_ATTEMPT_STEP
                            + " above the attempt that was current; expected the next attempt of the subject"));
        }
        return violations;
    }

    private static void conflictingOutcome(AttemptFacts attempt, List<Violation> violations) {
        Set<Status> outcomes = EnumSet.noneOf(Status.class);
        for (Fact fact : attempt.facts()) {
            if (fact.type().isOutcome()) {
                outcomes.add(fact.type().status());
            }
        }
        if (outcomes.size() > 1) {
            violations.add(new Violation(
                    ViolationType.CONFLICTING_OUTCOME,
                    attempt.number(),
                    "attempt " + attempt.number() + " has the outcomes " + outcomes
                            + "; expected one, the first in time counts"));
        }
    }

    private static void parentMismatch(AttemptFacts attempt, List<Violation> violations) {
        Set<String> parents = new TreeSet<>();
        for (Fact fact : attempt.facts()) {
            if (!fact.parent().isEmpty()) {
                parents.add(fact.parent());
            }
        }
        if (parents.size() > 1) {
            violations.add(new Violation(
                    ViolationType.PARENT_MISMATCH,
                    attempt.number(),
                    "attempt " + attempt.number() + " names the parents " + parents + "; expected one, '"
                            + attempt.parent() + "' was named first"));
        }
    }

    /**
     * Declared and Expected are exempt, because services repeat their declarations and others announce what may have
     * begun; so is what is out of step. Within the allowed lag it is two clocks.
     */
    private static void backwardTransition(
            AttemptFacts attempt, List<Fact> outOfStep, long allowedLagMs, List<Violation> violations) {
        Fact highest = null;
        for (Fact fact : attempt.facts()) {
            if (!fact.type().hasStatus()) {
                continue;
            }
            if (highest == null || fact.type().rank() > highest.type().rank()) {
                highest = fact;
            } else if (isStepBack(fact, highest, attempt, allowedLagMs) && !outOfStep.contains(fact)) {
                violations.add(new Violation(
                        ViolationType.BACKWARD_TRANSITION,
                        attempt.number(),
                        fact.type().status() + " of attempt " + attempt.number() + " happened after a later stage ("
                                + highest.type().status() + " was reached before); expected another attempt number"));
                return;
            }
        }
    }

    private static boolean isStepBack(Fact fact, Fact highest, AttemptFacts attempt, long allowedLagMs) {
        if (fact.type().status() == Status.EXPECTED
                || fact.type().rank() >= highest.type().rank()) {
            return false;
        }
        return attempt.firstOccurredAbove(fact.type().rank()).orElse(Times.NEVER) < fact.occurredAtMs() - allowedLagMs;
    }
}
