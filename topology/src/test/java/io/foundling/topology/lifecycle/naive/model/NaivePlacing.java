package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import java.util.ArrayList;
import java.util.HashSet;
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
 * @param outOfStep facts that joined an attempt whose end is before them though they could have begun another
 */
record NaivePlacing(SortedMap<Integer, List<Fact>> attempts, SortedSet<Integer> outOfRange, Set<Fact> outOfStep) {

    private static final Set<FactType> WORK = Set.of(FactType.OPENED, FactType.DEFERRED, FactType.PENDING);

    /** What an unnumbered fact does to the attempt that is current. */
    private enum Does {
        JOIN,
        JOIN_OUT_OF_STEP,
        START,
        START_FOR_RUNS_ARE_QUICK
    }

    /** Returns the places of facts that are in order. */
    static NaivePlacing of(List<Fact> inOrder, NaiveClocks clocks) {
        SortedMap<Integer, List<Fact>> attempts = new TreeMap<>();
        SortedSet<Integer> outOfRange = new TreeSet<>();
        Set<Fact> outOfStep = new HashSet<>();
        Set<Integer> quick = new HashSet<>();
        List<Fact> before = new ArrayList<>();
        int current = 1;
        for (Fact fact : inOrder) {
            int attempt;
            if (fact.attempt() == 0) {
                List<Fact> held = attempts.getOrDefault(current, List.of());
                Does does = isEnd(fact)
                        ? isEndOfTheNextRun(fact, held, inOrder, clocks) ? Does.START : Does.JOIN
                        : does(fact, held, before, quick.contains(current), clocks);
                attempt = does == Does.START || does == Does.START_FOR_RUNS_ARE_QUICK ? current + 1 : current;
                if (does == Does.START_FOR_RUNS_ARE_QUICK) {
                    quick.add(attempt);
                }
                if (does == Does.JOIN_OUT_OF_STEP) {
                    outOfStep.add(fact);
                }
            } else if (fact.attempt() > current + 100) {
                outOfRange.add(fact.attempt());
                continue;
            } else {
                attempt = fact.attempt();
            }
            current = Math.max(current, attempt);
            attempts.computeIfAbsent(attempt, number -> new ArrayList<>()).add(fact);
            before.add(fact);
        }
        return new NaivePlacing(attempts, outOfRange, outOfStep);
    }

    private static Does does(Fact fact, List<Fact> held, List<Fact> before, boolean quick, NaiveClocks clocks) {
        boolean isWork = WORK.contains(fact.type());
        boolean isWorkOrExpected = isWork || fact.type() == FactType.EXPECTED;
        if (holds(held, Status.RETIRED)) {
            return isWorkOrExpected || fact.type() == FactType.DECLARED ? Does.START : Does.JOIN;
        }
        if (held.stream().anyMatch(each -> each.type().isOutcome())) {
            return isWorkOrExpected ? afterEnd(fact, held, before, quick, clocks) : Does.JOIN;
        }
        if (isWork && movesFrom(parentOf(held), fact)) {
            return Does.START;
        }
        return isWork && holds(held, Status.RETRYING) ? afterEnd(fact, held, before, quick, clocks) : Does.JOIN;
    }

    private static boolean isEnd(Fact fact) {
        return fact.type().isOutcome() || fact.type() == FactType.RETRYING;
    }

    private static Optional<Fact> latestEnd(List<Fact> held) {
        return held.stream().filter(NaivePlacing::isEnd).reduce((earlier, later) -> later);
    }

    /** Whether another clock dated the beginning of the run that this ends a little later. */
    private static boolean isEndOfTheNextRun(Fact end, List<Fact> held, List<Fact> all, NaiveClocks clocks) {
        Optional<Fact> latest = latestEnd(held);
        if (latest.isEmpty()
                || holds(held, Status.RETIRED)
                || end.occurredAtMs() - latest.get().occurredAtMs() <= clocks.allowedLagMs()) {
            return false;
        }
        boolean begunAgain = held.stream()
                .filter(fact -> WORK.contains(fact.type()))
                .filter(fact -> isBefore(latest.get(), fact))
                .anyMatch(fact -> held.stream().anyMatch(same -> same.type() == fact.type() && isBefore(same, fact)));
        return !begunAgain
                && all.stream()
                        .filter(fact -> WORK.contains(fact.type()) && fact.attempt() == 0)
                        .filter(fact -> isBefore(end, fact))
                        .anyMatch(fact -> fact.occurredAtMs() - end.occurredAtMs() <= clocks.allowedLagMs());
    }

    private static boolean isBefore(Fact earlier, Fact later) {
        return NaiveOrder.IN_ORDER.compare(earlier, later) < 0;
    }

    private static Does afterEnd(Fact fact, List<Fact> held, List<Fact> before, boolean quick, NaiveClocks clocks) {
        Fact last = latestEnd(held).orElseThrow();
        long gapMs = fact.occurredAtMs() - last.occurredAtMs();
        FactType end = held.stream()
                .map(Fact::type)
                .filter(FactType::isOutcome)
                .findFirst()
                .orElse(FactType.RETRYING);
        boolean wellEndedRecord = clocks.ofRecord() && (end == FactType.COMPLETED || end == FactType.SKIPPED);
        long distanceMs;
        if (!holds(held, fact.type().status())) {
            boolean far = wellEndedRecord && !movesFrom(parentOf(held), fact);
            distanceMs = far ? clocks.maxSkewMs() : clocks.allowedLagMs();
        } else {
            distanceMs = wellEndedRecord ? clocks.allowedLagMs() : 0;
        }
        if (gapMs > distanceMs) {
            return Does.START;
        }
        if (!wellEndedRecord || !holds(held, fact.type().status())) {
            return Does.JOIN_OUT_OF_STEP;
        }
        return quick || isRunBetweenEnds(fact.type().status(), last, before, 3 * clocks.allowedLagMs())
                ? Does.START_FOR_RUNS_ARE_QUICK
                : Does.JOIN_OUT_OF_STEP;
    }

    /** Whether an end not long before this one is followed by a fact of the status, and then by this end. */
    private static boolean isRunBetweenEnds(Status status, Fact end, List<Fact> before, long withinMs) {
        for (Fact earlier : before) {
            for (Fact run : before) {
                if (isEnd(earlier)
                        && run.type().status() == status
                        && isBefore(earlier, run)
                        && isBefore(run, end)
                        && end.occurredAtMs() - earlier.occurredAtMs() <= withinMs) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holds(List<Fact> facts, Status status) {
        return facts.stream().anyMatch(fact -> fact.type().status() == status);
    }

    private static boolean movesFrom(String parent, Fact fact) {
        return !fact.parent().isEmpty() && !parent.isEmpty() && !fact.parent().equals(parent);
    }

    /** Returns the parent that the first fact with one names, else an empty text. */
    static String parentOf(List<Fact> inOrder) {
        return inOrder.stream()
                .map(Fact::parent)
                .filter(parent -> !parent.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Returns the parent of an attempt that has a status (rule L10). */
    String parent(int attempt) {
        for (int number : numbersWithStatus().stream()
                .filter(each -> each <= attempt)
                .sorted((a, b) -> b - a)
                .toList()) {
            String named = parentOf(attempts.get(number));
            if (number < attempt && !deciding(number).type().awaits()) {
                return "";
            } else if (!named.isEmpty()) {
                return named;
            }
        }
        return "";
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
