package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sorted, duplicate-free lists of facts. */
final class FactList {

    /**
     * Which of two facts with the same eventId stays, in every order of arrival (rule L4). What a policy gave is left
     * out: an event that is read again under other policies is the same event.
     */
    private static final Comparator<Fact> STAYS = Fact.TOTAL_ORDER
            .thenComparing(fact -> fact.type().name())
            .thenComparingInt(Fact::attempt)
            .thenComparing(Fact::parent)
            .thenComparingLong(fact -> fact.deadline().saidMs())
            .thenComparing(Fact::texts, FactTexts.BY_TEXT)
            .thenComparingLong(Fact::expectedMembers)
            .thenComparingLong(fact -> fact.numbers().durationMs())
            .thenComparingInt(fact -> fact.numbers().counts().size())
            .thenComparing(fact -> fact.numbers().counts().toString());

    private FactList() {}

    /** Returns the facts with one more in its place, or nothing if it is a duplicate (rules L4, B7, B8 and R6). */
    static Optional<List<Fact>> insert(List<Fact> facts, Fact fact) {
        List<Fact> inserted = new ArrayList<>(facts.size() + 1);
        for (Fact known : facts) {
            boolean same = known.eventId().equals(fact.eventId());
            if (known.standsFor(fact) || known.covers(fact) || same && staysBefore(known, fact)) {
                return Optional.empty();
            }
            if (!same) {
                inserted.add(known);
            }
        }
        int position = Collections.binarySearch(inserted, fact, Fact.TOTAL_ORDER);
        inserted.add(-position - 1, fact);
        return Optional.of(List.copyOf(inserted));
    }

    /** A chain stays in any case: it stands for facts that would be lost with it. */
    private static boolean staysBefore(Fact known, Fact fact) {
        return known.chain().exists() || STAYS.compare(known, fact) <= 0;
    }
}
