package io.foundling.topology.lifecycle.naive.model;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which attempt each fact belongs to (rules L5, L6 and L7).
 *
 * @param attempts facts by attempt, each list in order
 * @param outOfRange attempt numbers that are too far ahead
 */
record NaivePlacing(SortedMap<Integer, List<Fact>> attempts, SortedSet<Integer> outOfRange) {

    private static final Set<FactType> BEGIN =
            Set.of(FactType.EXPECTED, FactType.OPENED, FactType.DEFERRED, FactType.PENDING);

    static NaivePlacing of(List<Fact> inOrder) {
        SortedMap<Integer, List<Fact>> attempts = new TreeMap<>();
        SortedSet<Integer> outOfRange = new TreeSet<>();
        int current = 1;
        for (Fact fact : inOrder) {
            int attempt;
            if (fact.attempt() == 0) {
                attempt = starts(fact, attempts.getOrDefault(current, List.of())) ? current + 1 : current;
            } else if (fact.attempt() > current + 100) {
                outOfRange.add(fact.attempt());
                continue;
            } else {
                attempt = fact.attempt();
            }
            current = Math.max(current, attempt);
            attempts.computeIfAbsent(attempt, number -> new ArrayList<>()).add(fact);
        }
        return new NaivePlacing(attempts, outOfRange);
    }

    private static boolean starts(Fact fact, List<Fact> current) {
        if (fact.type() == FactType.DECLARED) {
            return current.stream().anyMatch(held -> held.type() == FactType.RETIRED);
        }
        if (!BEGIN.contains(fact.type())) {
            return false;
        }
        boolean finished = current.stream()
                .map(Fact::type)
                .anyMatch(type -> type.isOutcome() || type == FactType.RETRYING || type == FactType.RETIRED);
        String parent = parentOf(current);
        boolean moved =
                !fact.parent().isEmpty() && !parent.isEmpty() && !fact.parent().equals(parent);
        return finished || moved;
    }

    /** Returns the parent that the first fact with one names, else an empty text. */
    static String parentOf(List<Fact> inOrder) {
        return inOrder.stream()
                .map(Fact::parent)
                .filter(parent -> !parent.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Returns every placed fact, in order. */
    List<Fact> placed() {
        return attempts.values().stream()
                .flatMap(List::stream)
                .sorted(NaiveOrder.IN_ORDER)
                .toList();
    }

    /** Returns the facts with a status of one attempt, in order. */
    List<Fact> withStatus(int attempt) {
        return attempts.getOrDefault(attempt, List.of()).stream()
                .filter(fact -> fact.type().hasStatus())
                .toList();
    }

    /** Returns the numbers of the attempts that have a status, lowest first. */
    List<Integer> numbersWithStatus() {
        return attempts.keySet().stream()
                .filter(number -> !withStatus(number).isEmpty())
                .toList();
    }

    /** Returns the facts with a status of the next higher attempt that holds any; none if there is no such attempt. */
    List<Fact> nextWithStatus(int attempt) {
        return numbersWithStatus().stream()
                .filter(number -> number > attempt)
                .findFirst()
                .map(this::withStatus)
                .orElse(List.of());
    }

    /** Returns the fact that enters EXPECTED (rule L1). */
    Optional<Fact> expected(int attempt) {
        List<Fact> facts = withStatus(attempt).stream()
                .filter(fact -> fact.type() == FactType.DECLARED || fact.type() == FactType.EXPECTED)
                .toList();
        Optional<Fact> first = facts.stream().findFirst();
        if (first.isEmpty() || first.get().deadline().atMs() != Long.MAX_VALUE) {
            return first;
        }
        return facts.stream()
                .filter(fact -> fact.type() == FactType.EXPECTED)
                .findFirst()
                .or(() -> first);
    }

    /** Returns the fact that decides the status of an attempt that has one (rule L8). */
    Fact deciding(int attempt) {
        List<Fact> facts = withStatus(attempt);
        for (Fact fact : facts) {
            if (fact.type() == FactType.RETIRED) {
                return fact;
            }
        }
        for (Fact fact : facts) {
            if (fact.type().isOutcome()) {
                return fact;
            }
        }
        int highest = facts.stream()
                .mapToInt(fact -> NaiveOrder.rank(fact.type()))
                .max()
                .orElseThrow();
        if (highest == NaiveOrder.rank(FactType.EXPECTED)) {
            return expected(attempt).orElseThrow();
        }
        return facts.stream()
                .filter(fact -> NaiveOrder.rank(fact.type()) == highest)
                .findFirst()
                .orElseThrow();
    }
}
