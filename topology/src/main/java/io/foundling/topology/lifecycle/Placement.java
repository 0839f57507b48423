package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which attempt each fact belongs to: rules L5, L6 and L7, one walk over the facts in the total order.
 *
 * @param attempts by number; attempts that were collapsed are not among them
 * @param outOfRange facts whose number is too far above the attempt that was current
 * @param outOfStep facts without a number that two clocks put behind an end
 * @param begunQuickly attempts that were started only because runs follow quickly
 * @param inherited the parent that the lowest attempt has if its facts name none, or an empty text
 */
record Placement(
        NavigableMap<Integer, AttemptFacts> attempts,
        List<Fact> outOfRange,
        List<Fact> outOfStep,
        Set<Integer> begunQuickly,
        String inherited) {

    static final int MAX_ATTEMPT = 10_000;
    static final int MAX_ATTEMPT_STEP = 100;

    /** Places facts that are in the total order. */
    static Placement of(List<Fact> facts, Collapsed collapsed, Distances distances) {
        return of(facts, collapsed, distances, RulesTrace.NONE);
    }

    static Placement of(List<Fact> facts, Collapsed collapsed, Distances distances, RulesTrace trace) {
        return new Walk(facts, collapsed, distances, trace).walk();
    }

    /** Returns the highest attempt that has a status. */
    Optional<AttemptFacts> latest() {
        for (var each = attempts.lastEntry(); each != null; each = attempts.lowerEntry(each.getKey())) {
            if (each.getValue().hasStatus()) {
                return Optional.of(each.getValue());
            }
        }
        return Optional.empty();
    }

    /** Returns the next higher attempt that holds a status. */
    Optional<AttemptFacts> next(int number) {
        for (var each = attempts.higherEntry(number); each != null; each = attempts.higherEntry(each.getKey())) {
            if (each.getValue().hasStatus()) {
                return Optional.of(each.getValue());
            }
        }
        return Optional.empty();
    }

    /** Returns the first fact with a status of the higher attempts. */
    Optional<Fact> firstAfter(int number) {
        Fact first = null;
        for (var each = attempts.higherEntry(number); each != null; each = attempts.higherEntry(each.getKey())) {
            for (Fact fact : each.getValue().facts()) {
                if (fact.type().hasStatus() && (first == null || fact.precedes(first))) {
                    first = fact;
                }
            }
        }
        return Optional.ofNullable(first);
    }

    /** Returns the parent of an attempt, or an empty text: one that names none goes on under the former (rule L10). */
    String parentOf(AttemptFacts attempt) {
        String named = attempt.parent();
        if (!named.isEmpty()) {
            return named;
        }
        for (var each = attempts.lowerEntry(attempt.number());
                each != null;
                each = attempts.lowerEntry(each.getKey())) {
            AttemptFacts before = each.getValue();
            if (before.hasStatus()) {
                return Statuses.awaits(before.status()) ? parentOf(before) : "";
            }
        }
        return inherited;
    }

    /**
     * Returns the facts of an attempt that repeat an awaiting status while the attempt has it, and that name its parent or
     * none (rule P6). An attempt without a parent has none.
     */
    List<Fact> repeatsOf(AttemptFacts attempt) {
        String parent = parentOf(attempt);
        if (parent.isEmpty()) {
            return List.of();
        }
        List<Fact> repeats = new ArrayList<>(0);
        int rank = -1;
        for (Fact fact : attempt.facts()) {
            if (fact.type().hasStatus()) {
                boolean isOfParent = fact.parent().isEmpty() || fact.parent().equals(parent);
                if (fact.type().begins() && fact.type().rank() == rank && isOfParent) {
                    repeats.add(fact);
                }
                rank = Math.max(rank, fact.type().rank());
            }
        }
        if (!repeats.isEmpty()) {
            startOfLater(attempt.number()).ifPresent(later -> repeats.removeIf(later::precedes));
        }
        return repeats;
    }

    private Optional<Fact> startOfLater(int number) {
        Fact first = null;
        for (AttemptFacts later : attempts.tailMap(number, false).values()) {
            Fact started = later.started().orElse(null);
            if (started != null && (first == null || started.precedes(first))) {
                first = started;
            }
        }
        return Optional.ofNullable(first);
    }

    /** Returns when the first of all placed facts happened. */
    long beganAtMs() {
        long beganAtMs = Times.NEVER;
        for (AttemptFacts attempt : attempts.values()) {
            beganAtMs = Math.min(beganAtMs, attempt.beganAtMs());
        }
        return beganAtMs;
    }

    /** Returns when the last of all placed facts happened. */
    long lastOccurredAtMs() {
        long lastMs = Long.MIN_VALUE;
        for (AttemptFacts attempt : attempts.values()) {
            for (Fact fact : attempt.facts()) {
                lastMs = Math.max(lastMs, fact.occurredAtMs());
            }
        }
        return lastMs;
    }

    /** Returns the attempt of each placed fact, by eventId. */
    Map<UUID, Integer> places() {
        Map<UUID, Integer> places = new HashMap<>();
        attempts.forEach((number, attempt) -> attempt.facts().forEach(fact -> places.put(fact.eventId(), number)));
        return places;
    }

    /** Whether a fact was placed, or is out of range, rather than belonging to a collapsed attempt. */
    boolean holds(Fact fact) {
        return outOfRange.contains(fact)
                || attempts.values().stream()
                        .anyMatch(attempt -> attempt.facts().contains(fact));
    }

    /** The state of the walk: the current attempt, what each attempt holds so far, and who is its parent. */
    private static final class Walk {

        private final List<Fact> facts;
        private final Collapsed collapsed;
        private final Distances distances;
        private final RulesTrace trace;
        private final NavigableMap<Integer, AttemptFacts> attempts = new TreeMap<>();
        private final List<Fact> outOfRange = new ArrayList<>(0);
        private final List<Fact> outOfStep = new ArrayList<>(0);
        private final Set<Integer> begunQuickly = new HashSet<>(0);
        private final Map<Integer, String> parents = new HashMap<>();
        private final Map<Integer, AttemptSoFar> soFar = new HashMap<>();
        private final Map<Fact, Integer> begunIn = new HashMap<>();
        private int current;

        Walk(List<Fact> facts, Collapsed collapsed, Distances distances, RulesTrace trace) {
            this.facts = facts;
            this.collapsed = collapsed;
            this.distances = distances;
            this.trace = trace;
            current = Math.max(1, collapsed.throughAttempt());
            if (collapsed.isFormer()) {
                current++;
            } else if (collapsed.throughAttempt() > 0) {
                parents.put(current, collapsed.end().parent());
                soFar.put(current, AttemptSoFar.of(collapsed.end()));
            }
        }

        Placement walk() {
            List<Fact> chains = chains(facts);
            int begun = 0;
            for (int i = 0; i < facts.size(); i++) {
                Fact fact = facts.get(i);
                while (begun < chains.size() && beginsBefore(chains.get(begun), fact)) {
                    begin(chains.get(begun));
                    begun++;
                }
                if (isOutOfRange(fact)) {
                    outOfRange.add(fact);
                    trace.placed(fact, fact.attempt(), PlacedBy.OUT_OF_RANGE);
                } else {
                    place(fact, i);
                }
            }
            return new Placement(attempts, outOfRange, outOfStep, begunQuickly, collapsed.inherited());
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
            int number = chain.isNumbered() ? chain.attempt() : current;
            if (!chain.parent().isEmpty()) {
                parents.putIfAbsent(number, chain.parent());
            }
            begunIn.put(chain, number);
        }

        private void place(Fact fact, int index) {
            int number = fact.isNumbered() ? numbered(fact) : fact.keptIn() > 0 ? kept(fact) : unnumbered(fact, index);
            current = Math.max(current, number);
            if (number <= collapsed.throughAttempt()) {
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
            soFar.computeIfAbsent(number, n -> new AttemptSoFar()).add(fact);
        }

        /** A chain that ends in a higher attempt than it began in has passed through those between (rule B7). */
        private void pass(Fact chain, int number) {
            int begun = begunIn.getOrDefault(chain, number);
            attempts.subMap(begun, number)
                    .values()
                    .forEach(attempt -> attempt.passing().add(chain));
        }

        private int numbered(Fact fact) {
            trace.placed(fact, fact.attempt(), PlacedBy.NUMBER);
            return fact.attempt();
        }

        private int kept(Fact fact) {
            AttemptSoFar held = soFar.get(fact.keptIn());
            if (held != null && held.putsOutOfStep(fact.type())) {
                outOfStep.add(fact);
            }
            trace.placed(fact, fact.keptIn(), PlacedBy.KEPT);
            return fact.keptIn();
        }

        private int joins(Fact fact, PlacedBy by) {
            trace.placed(fact, current, by);
            return current;
        }

        private int starts(Fact fact, PlacedBy by) {
            trace.placed(fact, current + 1, by);
            return current + 1;
        }

        private int unnumbered(Fact fact, int index) {
            AttemptSoFar held = soFar.get(current);
            FactType type = fact.type();
            if (held == null) {
                return type.isWork() && namesAnotherParent(fact)
                        ? starts(fact, PlacedBy.ANOTHER_PARENT)
                        : joins(fact, PlacedBy.FIRST);
            }
            if (held.isRetired()) {
                return type.begins() || type == FactType.DECLARED
                        ? starts(fact, PlacedBy.AFTER_RETIRED)
                        : joins(fact, PlacedBy.CURRENT);
            }
            if (type.isEnd()) {
                return isEndOfTheNextRun(fact, index, held)
                        ? starts(fact, PlacedBy.END_OF_NEXT_RUN)
                        : joins(fact, PlacedBy.CURRENT);
            }
            if (!held.holdsOutcome() && type.isWork() && namesAnotherParent(fact)) {
                return starts(fact, PlacedBy.ANOTHER_PARENT);
            }
            return held.putsOutOfStep(type) ? afterEnd(fact, held) : joins(fact, PlacedBy.CURRENT);
        }

        /** Two ends that are far apart, the later one close before a beginning, are those of two runs. */
        private boolean isEndOfTheNextRun(Fact end, int index, AttemptSoFar held) {
            return held.holdsEnd()
                    && held.lastEndMs() < end.occurredAtMs() - distances.allowedLagMs()
                    && !held.wasBegunAgain()
                    && isFollowedByWork(end, index);
        }

        private boolean isFollowedByWork(Fact end, int index) {
            long untilMs = Times.plus(end.occurredAtMs(), distances.allowedLagMs());
            for (int i = index + 1; i < facts.size() && facts.get(i).occurredAtMs() <= untilMs; i++) {
                if (facts.get(i).type().isWork() && !facts.get(i).isNumbered()) {
                    return true;
                }
            }
            return false;
        }

        private int afterEnd(Fact fact, AttemptSoFar held) {
            boolean holdsStatus = held.holds(fact.type().status());
            long distanceMs = distances.afterEndMs(held.firstOutcome(), holdsStatus, namesAnotherParent(fact));
            if (held.lastEndMs() < fact.occurredAtMs() - distanceMs) {
                trace.placed(fact, current + 1, PlacedBy.AFTER_END, held.lastEndMs(), distanceMs);
                return current + 1;
            }
            if (distances.knowsQuickRuns(held.firstOutcome(), holdsStatus)
                    && runsFollowQuickly(fact.type().status(), held)) {
                begunQuickly.add(current + 1);
                trace.placed(fact, current + 1, PlacedBy.QUICK_RUNS, held.lastEndMs(), distanceMs);
                return current + 1;
            }
            outOfStep.add(fact);
            trace.placed(fact, current, PlacedBy.OUT_OF_STEP, held.lastEndMs(), distanceMs);
            return current;
        }

        private boolean namesAnotherParent(Fact fact) {
            String parent = parents.getOrDefault(current, "");
            return !fact.parent().isEmpty() && !parent.isEmpty() && !parent.equals(fact.parent());
        }

        private boolean runsFollowQuickly(Status status, AttemptSoFar held) {
            if (begunQuickly.contains(current) || held.wasQuick(status)) {
                return true;
            }
            QuickRuns runs = new QuickRuns(facts, outOfRange, collapsed, distances);
            return held.lastEnd().map(end -> runs.lieBefore(end, status)).orElse(false);
        }
    }
}
