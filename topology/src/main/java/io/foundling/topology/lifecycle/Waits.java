package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Derives the waits of a subject from its placed facts (rules T9, T10, T11 and T12). */
final class Waits {

    /** By rank, as the constants are declared. */
    private static final FactType[] AWAITING =
            Arrays.stream(FactType.values()).filter(FactType::awaits).toArray(FactType[]::new);

    private Waits() {}

    /** Returns the waits of every awaiting status, by attempt, then rank, then extension. */
    static List<Wait> of(Placement placement) {
        List<Wait> waits = new ArrayList<>();
        for (AttemptFacts attempt : placement.attempts().values()) {
            OptionalLong next = placement
                    .next(attempt.number())
                    .map(AttemptFacts::startedAtMs)
                    .orElse(OptionalLong.empty());
            Fact successor = placement.attempts().tailMap(attempt.number(), false).values().stream()
                    .flatMap(later -> later.facts().stream())
                    .filter(fact -> fact.type().hasStatus())
                    .min(Fact.TOTAL_ORDER)
                    .orElse(null);
            for (FactType type : AWAITING) {
                attempt.first(type).ifPresent(entered -> {
                    long left = earlier(attempt.firstOccurredAbove(type.rank()), next);
                    add(attempt, entered, left, extensions(attempt, type, successor), waits);
                });
            }
        }
        return waits;
    }

    private static long earlier(OptionalLong a, OptionalLong b) {
        return Math.min(a.orElse(Times.NEVER), b.orElse(Times.NEVER));
    }

    /** Extended counts for the status that its attempt had when it happened, unless a later attempt had begun. */
    private static List<Fact> extensions(AttemptFacts attempt, FactType type, Fact successor) {
        List<Fact> extensions = new ArrayList<>();
        int rank = -1;
        for (Fact fact : attempt.facts()) {
            if (fact.type().hasStatus()) {
                rank = Math.max(rank, fact.type().rank());
            } else if (rank == type.rank() && (successor == null || fact.precedes(successor))) {
                extensions.add(fact);
            }
        }
        return extensions;
    }

    private static void add(
            AttemptFacts attempt, Fact entered, long leftAtMs, List<Fact> extensions, List<Wait> waits) {
        Wait wait = new Wait(
                new WaitId(attempt.number(), entered.type().status(), 0),
                entered.occurredAtMs(),
                Limit.own(entered.deadline()),
                entered.occurredAtMs(),
                entered.texts().waitingOn(),
                Times.NEVER,
                Long.MIN_VALUE);
        for (Fact extended : extensions) {
            boolean inTime = extended.occurredAtMs() <= wait.limitMs();
            if (!inTime) {
                waits.add(wait.leftAt(extended.occurredAtMs()));
            }
            wait = extend(wait, extended, inTime);
        }
        waits.add(wait.leftAt(leftAtMs));
    }

    private static Wait extend(Wait wait, Fact extended, boolean inTime) {
        String waitingOn = extended.texts().waitingOn();
        long graceMs = wait.limit().deadline().graceMs();
        return new Wait(
                inTime ? wait.id() : wait.id().next(),
                inTime ? wait.enteredAtMs() : extended.occurredAtMs(),
                Limit.own(new Deadline(
                        extended.deadline().atMs(), graceMs, extended.deadline().rule())),
                extended.occurredAtMs(),
                waitingOn.isEmpty() ? wait.waitingOn() : waitingOn,
                Times.NEVER,
                Long.MIN_VALUE);
    }
}
