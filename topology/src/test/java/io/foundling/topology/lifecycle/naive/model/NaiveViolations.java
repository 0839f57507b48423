package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the facts of a subject contradict now. */
final class NaiveViolations {

    private NaiveViolations() {}

    static Set<NaiveViolation> of(NaivePlacing placing, long allowedLagMs) {
        Set<NaiveViolation> found = new HashSet<>();
        placing.outOfRange()
                .forEach(number -> found.add(new NaiveViolation(number, ViolationType.ATTEMPT_OUT_OF_RANGE)));
        placing.attempts().forEach((number, facts) -> {
            if (kindsOfOutcome(facts) > 1) {
                found.add(new NaiveViolation(number, ViolationType.CONFLICTING_OUTCOME));
            }
            if (parents(facts) > 1) {
                found.add(new NaiveViolation(number, ViolationType.PARENT_MISMATCH));
            }
            if (goesBackward(placing.withStatus(number), placing.outOfStep(), allowedLagMs)) {
                found.add(new NaiveViolation(number, ViolationType.BACKWARD_TRANSITION));
            }
        });
        return found;
    }

    private static long kindsOfOutcome(List<Fact> facts) {
        return facts.stream()
                .map(Fact::type)
                .filter(FactType::isOutcome)
                .distinct()
                .count();
    }

    private static long parents(List<Fact> facts) {
        return facts.stream()
                .map(Fact::parent)
                .filter(parent -> !parent.isEmpty())
                .distinct()
                .count();
    }

    private static boolean goesBackward(List<Fact> facts, Set<Fact> outOfStep, long allowedLagMs) {
        return facts.stream()
                .filter(lower -> lower.type() != FactType.DECLARED && lower.type() != FactType.EXPECTED)
                .filter(lower -> !outOfStep.contains(lower))
                .anyMatch(lower -> facts.stream()
                        .anyMatch(higher -> NaiveOrder.rank(lower.type()) < NaiveOrder.rank(higher.type())
                                && lower.occurredAtMs() - higher.occurredAtMs() > allowedLagMs));
    }
}
