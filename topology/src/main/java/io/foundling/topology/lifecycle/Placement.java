package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which attempt each fact belongs to: rules L5, L6 and L7, one walk over the facts in the total order.
 *
 * @param attempts by number; attempts that were collapsed are not among them
 * @param outOfRange facts whose number is too far above the attempt that was current
 */
record Placement(NavigableMap<Integer, AttemptFacts> attempts, List<Fact> outOfRange) {

    static final int MAX_ATTEMPT = 10_000;
    static final int MAX_ATTEMPT_STEP = 100;

    /** Places facts that are in the total order. */
    static Placement of(List<Fact> facts, Collapsed collapsed) {
        return new Walk(collapsed).over(facts);
    }

    /** Returns the highest attempt that has a status. */
    Optional<AttemptFacts> latest() {
        for (AttemptFacts attempt : attempts.descendingMap().values()) {
            if (attempt.hasStatus()) {
                return Optional.of(attempt);
            }
        }
        return Optional.empty();
    }

    /** Returns the next higher attempt that holds a status. */
    Optional<AttemptFacts> next(int number) {
        for (AttemptFacts attempt : attempts.tailMap(number, false).values()) {
            if (attempt.hasStatus()) {
                return Optional.of(attempt);
            }
        }
        return Optional.empty();
    }

    /** Returns when the first of all placed facts happened. */
    long beganAtMs() {
        return attempts.values().stream()
                .mapToLong(AttemptFacts::beganAtMs)
                .min()
                .orElseThrow();
    }

    /** Whether a fact was placed, or is out of range, rather than belonging to a collapsed attempt. */
    boolean holds(Fact fact) {
        return outOfRange.contains(fact)
                || attempts.values().stream()
                        .anyMatch(attempt -> attempt.facts().contains(fact));
    }

    /** The state of the walk: the current attempt, what it holds so far, and who is its parent. */
    private static final class Walk {

        private final NavigableMap<Integer, AttemptFacts> attempts = new TreeMap<>();
        private final List<Fact> outOfRange = new ArrayList<>();
        private final Map<Integer, String> parents = new TreeMap<>();
        private final Map<Integer, FactType> closedBy = new TreeMap<>();
        private final Map<Fact, Integer> begunIn = new HashMap<>();
        private final int collapsedThrough;
        private int current;

        Walk(Collapsed collapsed) {
            collapsedThrough = collapsed.throughAttempt();
            current = Math.max(1, collapsedThrough);
            if (collapsedThrough > 0) {
                parents.put(collapsedThrough, collapsed.parent());
                collapsed.closedBy().ifPresent(type -> closedBy.put(collapsedThrough, type));
            }
        }

        Placement over(List<Fact> facts) {
            List<Fact> chains = chains(facts);
            int begun = 0;
            for (Fact fact : facts) {
                while (begun < chains.size() && beginsBefore(chains.get(begun), fact)) {
                    begin(chains.get(begun));
                    begun++;
                }
                if (isOutOfRange(fact)) {
                    outOfRange.add(fact);
                } else {
                    place(fact);
                }
            }
            return new Placement(attempts, outOfRange);
        }

        private static List<Fact> chains(List<Fact> facts) {
            List<Fact> chains = new ArrayList<>(0);
            for (Fact fact : facts) {
                if (fact.chain().exists()) {
                    chains.add(fact);
                }
            }
            chains.sort(Comparator.comparingLong(Fact::beganAtMs));
            return chains;
        }

        /** A chain begins with an Extended, which has a higher rank than any status of the same millisecond. */
        private static boolean beginsBefore(Fact chain, Fact fact) {
            return chain.beganAtMs() < fact.occurredAtMs()
                    || chain.beganAtMs() == fact.occurredAtMs() && !fact.type().hasStatus();
        }

        private boolean isOutOfRange(Fact fact) {
            return fact.attempt() > current + MAX_ATTEMPT_STEP;
        }

        /** The first extension of a chain was placed here: it gave its number and its parent from here on. */
        private void begin(Fact chain) {
            if (isOutOfRange(chain)) {
                return;
            }
            current = Math.max(current, chain.attempt());
            int number = chain.attempt() > 0 ? chain.attempt() : current;
            if (!chain.parent().isEmpty()) {
                parents.putIfAbsent(number, chain.parent());
            }
            begunIn.put(chain, number);
        }

        private void place(Fact fact) {
            int number = fact.attempt() > 0 ? fact.attempt() : unnumbered(fact);
            current = Math.max(current, number);
            if (number <= collapsedThrough) {
                return;
            }
            attempts.computeIfAbsent(number, n -> new AttemptFacts(n, new ArrayList<>(), new ArrayList<>(0)))
                    .facts()
                    .add(fact);
            if (fact.chain().exists()) {
                pass(fact, number);
            }
            if (!fact.parent().isEmpty()) {
                parents.putIfAbsent(number, fact.parent());
            }
            if (fact.type().hasStatus() && fact.type().rank() >= FactType.RETRYING.rank()) {
                closedBy.merge(number, fact.type(), (old, type) -> type == FactType.RETIRED ? type : old);
            }
        }

        /** A chain that ends in a higher attempt than it began in has passed through those between (rule B7). */
        private void pass(Fact chain, int number) {
            int begun = begunIn.getOrDefault(chain, number);
            attempts.subMap(begun, number)
                    .values()
                    .forEach(attempt -> attempt.passing().add(chain));
        }

        private int unnumbered(Fact fact) {
            String parent = parents.getOrDefault(current, "");
            boolean moves = !fact.parent().isEmpty() && !parent.isEmpty() && !parent.equals(fact.parent());
            boolean begins = fact.type().begins() && (closedBy.containsKey(current) || moves);
            boolean revives = fact.type() == FactType.DECLARED && closedBy.get(current) == FactType.RETIRED;
            return begins || revives ? current + 1 : current;
        }
    }
}
