package io.foundling.topology.lifecycle.naive.model;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which facts of a subject stay when there are too many (rules B1 to B3), in the order in which they are read. It knows
 * subjects all of whose facts have a number and a status: nothing of them is extended or restarted.
 */
public final class NaiveBounds {

    private static final int MOST = 64;

    private final List<Fact> facts = new ArrayList<>();
    private int collapsed;
    private boolean tooLate;

    /** Takes a fact in. */
    public void read(Fact fact) {
        if (facts.contains(fact)) {
            return;
        }
        if (fact.attempt() <= collapsed) {
            tooLate = true;
            return;
        }
        facts.add(fact);
        facts.sort(NaiveOrder.IN_ORDER);
        while (facts.size() > MOST && goes(middleRepeats())) {}
        while (facts.size() > MOST && !attempts().isEmpty() && goes(aside())) {}
        while (facts.size() > MOST && attempts().size() > 1) {
            collapsed = attempts().firstKey();
            facts.removeAll(attempts().get(collapsed));
        }
        while (facts.size() > MOST) {
            facts.remove(0);
        }
    }

    private boolean goes(List<Fact> candidates) {
        Optional<Fact> earliest = candidates.stream().min(NaiveOrder.IN_ORDER);
        earliest.ifPresent(facts::remove);
        return earliest.isPresent();
    }

    /** Returns the facts that are too far above the number that is current before them (rule L7). */
    private List<Fact> aside() {
        List<Fact> aside = new ArrayList<>();
        int current = Math.max(1, collapsed);
        for (Fact fact : facts) {
            if (fact.attempt() > current + 100) {
                aside.add(fact);
            } else {
                current = Math.max(current, fact.attempt());
            }
        }
        return aside;
    }

    private SortedMap<Integer, List<Fact>> attempts() {
        List<Fact> aside = aside();
        SortedMap<Integer, List<Fact>> attempts = new TreeMap<>();
        for (Fact fact : facts) {
            if (!aside.contains(fact)) {
                attempts.computeIfAbsent(fact.attempt(), none -> new ArrayList<>())
                        .add(fact);
            }
        }
        return attempts;
    }

    private List<Fact> middleRepeats() {
        List<Fact> middle = new ArrayList<>();
        SortedMap<Integer, List<Fact>> attempts = attempts();
        attempts.forEach((number, attempt) -> {
            List<Fact> later = attempts.tailMap(number + 1).values().stream()
                    .flatMap(List::stream)
                    .toList();
            for (FactType type : FactType.values()) {
                List<Fact> same =
                        attempt.stream().filter(fact -> fact.type() == type).toList();
                Optional<Fact> inTime = inTime(same, attempt, later);
                for (int i = 1; i < same.size() - 1; i++) {
                    if (!inTime.equals(Optional.of(same.get(i)))) {
                        middle.add(same.get(i));
                    }
                }
            }
        });
        return middle;
    }

    /** Returns the first repeat that was in time, while the attempt had the status (rules T10 and T12). */
    private static Optional<Fact> inTime(List<Fact> same, List<Fact> attempt, List<Fact> later) {
        if (same.isEmpty() || !same.get(0).type().awaits()) {
            return Optional.empty();
        }
        Fact entered = same.get(0);
        return same.stream()
                .skip(1)
                .filter(repeat -> attempt.stream()
                        .noneMatch(fact -> NaiveOrder.rank(fact.type()) > NaiveOrder.rank(repeat.type())
                                && NaiveOrder.IN_ORDER.compare(fact, repeat) < 0))
                .filter(repeat -> later.stream().noneMatch(fact -> NaiveOrder.IN_ORDER.compare(fact, repeat) < 0))
                .filter(repeat -> repeat.occurredAtMs()
                        <= entered.deadline().atMs() + entered.deadline().graceMs())
                .findFirst();
    }

    /** Returns the facts that stay, in order. */
    public List<Fact> facts() {
        return List.copyOf(facts);
    }

    /** Returns the highest collapsed attempt; 0 if there is none. */
    public int collapsed() {
        return collapsed;
    }

    /** Whether a fact was TOO_LATE (rule B3). */
    public boolean hasBeenTooLate() {
        return tooLate;
    }
}
