package io.foundling.topology.lifecycle;

import io.foundling.audit.OrphanReason;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Derives the watches of a subject from its placed facts. */
final class Watches {

    private static final FactType[] AWAITING = {
        FactType.DECLARED, FactType.OPENED, FactType.DEFERRED, FactType.PENDING, FactType.RETRYING
    };

    private Watches() {}

    /** Returns the watches of every awaiting status, by attempt, then rank, then extension. */
    static List<Watch> of(Placement placement) {
        List<Watch> watches = new ArrayList<>();
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
                    watch(attempt, entered, left, extensions(attempt, type, successor), watches);
                });
            }
        }
        return watches;
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

    private static void watch(
            AttemptFacts attempt, Fact entered, long leftAtMs, List<Fact> extensions, List<Watch> watches) {
        Watch watch = new Watch(
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
            boolean inTime = extended.occurredAtMs() <= watch.limitMs();
            if (!inTime) {
                watches.add(left(watch, extended.occurredAtMs()));
            }
            watch = extend(watch, extended, inTime);
        }
        watches.add(left(watch, leftAtMs));
    }

    private static Watch extend(Watch watch, Fact extended, boolean inTime) {
        return new Watch(
                watch.attempt(),
                watch.status(),
                inTime ? watch.extension() : watch.extension() + 1,
                watch.reason(),
                inTime ? watch.enteredAtMs() : extended.occurredAtMs(),
                extended.deadlineMs(),
                watch.graceMs(),
                extended.rule(),
                extended.occurredAtMs(),
                extended.waitingOn().isEmpty() ? watch.waitingOn() : extended.waitingOn(),
                Fact.NEVER,
                "",
                Long.MIN_VALUE);
    }

    private static Watch left(Watch watch, long leftAtMs) {
        return new Watch(
                watch.attempt(),
                watch.status(),
                watch.extension(),
                watch.reason(),
                watch.enteredAtMs(),
                watch.deadlineMs(),
                watch.graceMs(),
                watch.rule(),
                watch.saidAtMs(),
                watch.waitingOn(),
                leftAtMs,
                "",
                Long.MIN_VALUE);
    }
}
