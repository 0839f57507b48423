package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Where an attempt had a status after which another subject should begin (rule E2).
 *
 * @param occurredAtMs when the attempt had the status first
 * @param appendedAtMs when the fact that gave it the status was appended
 */
public record Cause(int attempt, long occurredAtMs, long appendedAtMs) {

    /** Returns all causes, called off or not. */
    static List<Cause> all(Placement placement, Status status) {
        return of(placement, status, (attempt, fact) -> true);
    }

    /** Returns the causes that nothing called off in time. */
    static List<Cause> notCalledOff(Placement placement, Status status, long withinMs) {
        return of(
                placement,
                status,
                (attempt, fact) -> !isCalledOff(placement, attempt, fact, Times.plus(fact.occurredAtMs(), withinMs)));
    }

    private static List<Cause> of(Placement placement, Status status, BiPredicate<AttemptFacts, Fact> counts) {
        List<Cause> causes = new ArrayList<>(1);
        for (AttemptFacts attempt : placement.attempts().values()) {
            first(attempt, status)
                    .filter(fact -> counts.test(attempt, fact))
                    .map(Fact::time)
                    .ifPresent(
                            time -> causes.add(new Cause(attempt.number(), time.occurredAtMs(), time.appendedAtMs())));
        }
        return causes;
    }

    private static Optional<Fact> first(AttemptFacts attempt, Status status) {
        if (Statuses.isOutcome(status)) {
            return attempt.outcome().filter(fact -> fact.type().status() == status);
        }
        return attempt.facts().stream()
                .filter(fact -> fact.type().status() == status)
                .findFirst();
    }

    private static boolean isCalledOff(Placement placement, AttemptFacts attempt, Fact cause, long untilMs) {
        return hasBegunAfter(placement, attempt, untilMs)
                || happenedBy(untilMs, attempt.firstOf(FactType.RETIRED))
                || cause.type().awaits()
                        && happenedBy(untilMs, attempt.outcome().filter(end -> end.type() != FactType.COMPLETED));
    }

    /** An announcement of a later attempt begins nothing. */
    private static boolean hasBegunAfter(Placement placement, AttemptFacts attempt, long untilMs) {
        return placement.attempts().tailMap(attempt.number(), false).values().stream()
                .flatMap(later -> later.facts().stream())
                .filter(fact -> fact.type().hasStatus() && fact.type().status() != Status.EXPECTED)
                .anyMatch(fact -> fact.occurredAtMs() <= untilMs);
    }

    private static boolean happenedBy(long untilMs, Optional<Fact> fact) {
        return fact.filter(found -> found.occurredAtMs() <= untilMs).isPresent();
    }
}
