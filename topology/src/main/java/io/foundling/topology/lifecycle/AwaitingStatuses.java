package io.foundling.topology.lifecycle;

import io.foundling.audit.OrphanReason;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Derives the watches of a subject from its placed facts. */
final class AwaitingStatuses {

    private static final FactType[] AWAITING = {
        FactType.DECLARED, FactType.OPENED, FactType.DEFERRED, FactType.PENDING, FactType.RETRYING
    };

    private AwaitingStatuses() {}

    /** Returns the watches of every awaiting status, by attempt, then rank, then extension. */
    static List<AwaitingStatus> of(Placement placement) {
        List<AwaitingStatus> awaitingStatuses = new ArrayList<>();
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
                    awaiting(attempt, entered, left, extensions(attempt, type, successor), awaitingStatuses);
                });
            }
        }
        return awaitingStatuses;
    }

    private static long earlier(OptionalLong a, OptionalLong b) {
        return Math.min(a.orElse(Fact.NEVER), b.orElse(Fact.NEVER));
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

    private static void awaiting(
            AttemptFacts attempt,
            Fact entered,
            long leftAtMs,
            List<Fact> extensions,
            List<AwaitingStatus> awaitingStatuses) {
        AwaitingStatus awaiting = new AwaitingStatus(
                attempt.number(),
                entered.type().status(),
                0,
                OrphanReason.DEADLINE_PASSED,
                entered.occurredAtMs(),
                entered.deadlineMs(),
                entered.graceMs(),
                entered.rule(),
                entered.occurredAtMs(),
                entered.waitingOn(),
                Fact.NEVER,
                "",
                Long.MIN_VALUE);
        for (Fact extended : extensions) {
            boolean inTime = extended.occurredAtMs() <= awaiting.limitMs();
            if (!inTime) {
                awaitingStatuses.add(left(awaiting, extended.occurredAtMs()));
            }
            awaiting = extend(awaiting, extended, inTime);
        }
        awaitingStatuses.add(left(awaiting, leftAtMs));
    }

    private static AwaitingStatus extend(AwaitingStatus awaiting, Fact extended, boolean inTime) {
        return new AwaitingStatus(
                awaiting.attempt(),
                awaiting.status(),
                inTime ? awaiting.extension() : awaiting.extension() + 1,
                awaiting.reason(),
                inTime ? awaiting.enteredAtMs() : extended.occurredAtMs(),
                extended.deadlineMs(),
                awaiting.graceMs(),
                extended.rule(),
                extended.occurredAtMs(),
                extended.waitingOn().isEmpty() ? awaiting.waitingOn() : extended.waitingOn(),
                Fact.NEVER,
                "",
                Long.MIN_VALUE);
    }

    private static AwaitingStatus left(AwaitingStatus awaiting, long leftAtMs) {
        return new AwaitingStatus(
                awaiting.attempt(),
                awaiting.status(),
                awaiting.extension(),
                awaiting.reason(),
                awaiting.enteredAtMs(),
                awaiting.deadlineMs(),
                awaiting.graceMs(),
                awaiting.rule(),
                awaiting.saidAtMs(),
                awaiting.waitingOn(),
                leftAtMs,
                "",
                Long.MIN_VALUE);
    }
}
