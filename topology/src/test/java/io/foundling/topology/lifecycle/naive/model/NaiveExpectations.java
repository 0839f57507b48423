package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.ExpectedId;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactEvent;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * An expectation, worked out from all facts of a subject at once (rules E2 and E3).
 *
 * @param after the status after which something is expected
 */
public record NaiveExpectations(String name, Status after, long withinMs) {

    /** Returns the facts that the expected subject gets because of a subject. */
    public List<Fact> expectedBecauseOf(String subjectKey, Collection<Fact> facts, NaiveClocks clocks) {
        NaivePlacing placing =
                NaivePlacing.of(facts.stream().sorted(NaiveOrder.IN_ORDER).toList(), clocks);
        Map<Long, Long> known = new TreeMap<>();
        for (int attempt : placing.numbersWithStatus()) {
            cause(placing.withStatus(attempt))
                    .filter(cause -> !isCalledOff(placing, attempt, NaiveOrder.add(cause.occurredAtMs(), withinMs)))
                    .ifPresent(cause -> known.merge(cause.occurredAtMs(), knownAtMs(cause, clocks), Math::min));
        }
        List<Fact> expected = new ArrayList<>();
        known.forEach((causedAtMs, knownAtMs) -> expected.add(expected(subjectKey, causedAtMs, knownAtMs)));
        return expected;
    }

    private static long knownAtMs(Fact cause, NaiveClocks clocks) {
        long appendedAtMs = cause.event().appendedAtMs();
        return appendedAtMs - cause.occurredAtMs() > clocks.allowedLagMs() ? appendedAtMs : cause.occurredAtMs();
    }

    private Optional<Fact> cause(List<Fact> inOrder) {
        Predicate<Fact> isAfter = fact -> fact.type().status() == after;
        return isOutcome()
                ? inOrder.stream()
                        .filter(fact -> fact.type().isOutcome())
                        .findFirst()
                        .filter(isAfter)
                : inOrder.stream().filter(isAfter).findFirst();
    }

    private boolean isOutcome() {
        return List.of(Status.COMPLETED, Status.FAILED, Status.SKIPPED, Status.CANCELLED)
                .contains(after);
    }

    private boolean isCalledOff(NaivePlacing placing, int attempt, long untilMs) {
        for (int number : placing.numbersWithStatus()) {
            Optional<Fact> outcome = placing.withStatus(number).stream()
                    .filter(fact -> fact.type().isOutcome())
                    .findFirst();
            for (Fact fact : placing.withStatus(number)) {
                boolean begun = fact.type().status() != Status.EXPECTED;
                boolean retired = fact.type() == FactType.RETIRED;
                boolean failed = !isOutcome() && fact == outcome.orElse(null) && fact.type() != FactType.COMPLETED;
                boolean callsOff = number > attempt && begun || number == attempt && (retired || failed);
                if (callsOff && fact.occurredAtMs() <= untilMs) {
                    return true;
                }
            }
        }
        return false;
    }

    private Fact expected(String subjectKey, long causedAtMs, long knownAtMs) {
        return new Fact(
                FactType.EXPECTED,
                0,
                causedAtMs,
                new FactEvent(ExpectedId.of(name, subjectKey, causedAtMs), knownAtMs),
                "",
                new Deadline(NaiveOrder.add(knownAtMs, withinMs), 0, "expectation:" + name),
                FactTexts.NONE,
                FactNumbers.NONE);
    }

    /** Returns the attempt and the status that facts give a subject, such as {@code 2 EXPECTED}; empty without any. */
    public static Optional<String> status(Collection<Fact> facts, NaiveClocks clocks) {
        NaivePlacing placing =
                NaivePlacing.of(facts.stream().sorted(NaiveOrder.IN_ORDER).toList(), clocks);
        return placing.numbersWithStatus().stream()
                .reduce((lower, higher) -> higher)
                .map(attempt -> attempt + " " + placing.deciding(attempt).type().status());
    }
}
