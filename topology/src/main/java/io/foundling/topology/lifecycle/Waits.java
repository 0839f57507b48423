package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Derives the waits of a subject from its placed facts (rules T9, T10, T11, T12, B7 and B8). */
final class Waits {

    /** By rank, as the constants are declared. */
    private static final FactType[] AWAITING =
            Arrays.stream(FactType.values()).filter(FactType::awaits).toArray(FactType[]::new);

    private static final Comparator<Fact> BY_BEGINNING = Comparator.comparingLong(Fact::beganAtMs)
            .thenComparingInt(fact -> fact.type().rank())
            .thenComparing(Fact.TOTAL_ORDER);

    private Waits() {}

    /** Returns the waits of every awaiting status, by attempt, then rank, then extension. */
    static List<Wait> of(Placement placement) {
        return of(placement, RulesTrace.NONE);
    }

    static List<Wait> of(Placement placement, RulesTrace trace) {
        List<Wait> waits = new ArrayList<>();
        derive(placement, waits, new DecidingRepeats(), trace);
        return waits;
    }

    /** Returns the last wait of the status of an attempt; null if there is none. */
    static Wait present(List<Wait> waits, AttemptFacts latest) {
        Wait present = null;
        for (Wait wait : waits) {
            if (wait.id().attempt() == latest.number() && wait.id().status() == latest.status()) {
                present = wait;
            }
        }
        return present;
    }

    /** Returns the repeats that are restarts, and the first of each status that was in time, which forbids restarts. */
    static DecidingRepeats decidingRepeats(Placement placement) {
        DecidingRepeats deciding = new DecidingRepeats();
        derive(placement, new ArrayList<>(), deciding, RulesTrace.NONE);
        return deciding;
    }

    private static void derive(Placement placement, List<Wait> waits, DecidingRepeats deciding, RulesTrace trace) {
        for (AttemptFacts attempt : placement.attempts().values()) {
            OptionalLong next = placement
                    .next(attempt.number())
                    .map(AttemptFacts::startedAtMs)
                    .orElse(OptionalLong.empty());
            Optional<Fact> successor = placement.firstAfter(attempt.number());
            for (FactType type : AWAITING) {
                attempt.first(type).ifPresent(entered -> {
                    OptionalLong higher = attempt.firstOccurredAbove(type.rank());
                    long left = earlier(higher, next);
                    long endMs = Math.min(
                            higher.orElse(Times.NEVER),
                            successor.map(Fact::occurredAtMs).orElse(Times.NEVER));
                    List<Fact> moves = extensions(attempt, entered, endMs);
                    if (addRepeats(attempt, entered, successor, endMs, moves)) {
                        moves.sort(BY_BEGINNING);
                    }
                    new StatusWaits(attempt, entered, endMs, waits, deciding, trace).addAll(moves, left);
                });
            }
        }
    }

    /**
     * Adds the repeats of a status that happened while its attempt had it, and no later attempt had begun; of a chain of
     * them, it is the beginning that counts.
     */
    private static boolean addRepeats(
            AttemptFacts attempt, Fact entered, Optional<Fact> successor, long endMs, List<Fact> moves) {
        int before = moves.size();
        boolean ended = false;
        for (Fact fact : attempt.facts()) {
            ended |= fact.type().hasStatus()
                            && fact.type().rank() > entered.type().rank()
                    || successor.isPresent() && successor.get().precedes(fact);
            if (fact.type() == entered.type() && fact != entered && (!ended || fact.beganAtMs() < endMs)) {
                moves.add(fact);
            }
        }
        for (Fact chain : attempt.passing()) {
            if (chain.type() == entered.type() && chain.beganAtMs() < endMs) {
                moves.add(chain);
            }
        }
        return moves.size() > before;
    }

    private static long earlier(OptionalLong a, OptionalLong b) {
        return Math.min(a.orElse(Times.NEVER), b.orElse(Times.NEVER));
    }

    /**
     * Returns the extensions that happened while the attempt had the status, and no later attempt had begun, in the order
     * in which they began.
     */
    private static List<Fact> extensions(AttemptFacts attempt, Fact entered, long endMs) {
        List<Fact> extensions = new ArrayList<>();
        for (Fact fact : attempt.facts()) {
            if (!fact.type().hasStatus() && isWhile(fact, entered.occurredAtMs(), endMs)) {
                extensions.add(fact);
            }
        }
        for (Fact chain : attempt.passing()) {
            if (!chain.type().hasStatus() && isWhile(chain, entered.occurredAtMs(), endMs)) {
                extensions.add(chain);
            }
        }
        extensions.sort(BY_BEGINNING);
        return extensions;
    }

    /** An extension has a higher rank than any status, and so comes after those of the same millisecond. */
    private static boolean isWhile(Fact extension, long enteredMs, long endMs) {
        return enteredMs < endMs && extension.occurredAtMs() >= enteredMs && extension.beganAtMs() < endMs;
    }
}
