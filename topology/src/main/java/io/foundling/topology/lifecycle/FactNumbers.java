package io.foundling.topology.lifecycle;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a fact says in numbers. A number that the event does not have is {@link Fact#NOT_SAID}.
 *
 * @param expectedMembers how many members a submission announced, or a batch or export closed with
 * @param durationMs how long the work, or the submission, took; of a Declared, how often the scope should be completed
 * @param counts by name, such as rows read
 * @param chain the facts before it that it replaces (rules B7 and B8)
 */
public record FactNumbers(long expectedMembers, long durationMs, SortedMap<String, Long> counts, Chain chain) {

    public static final FactNumbers NONE =
            new FactNumbers(Fact.NOT_SAID, Fact.NOT_SAID, Collections.emptySortedMap(), Chain.NONE);

    public FactNumbers {
        counts = counts.isEmpty() ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(counts);
    }

    /** Returns the numbers; {@link #NONE} itself if none was said, so that facts without numbers cost nothing. */
    public static FactNumbers of(long expectedMembers, long durationMs, Map<String, Long> counts) {
        return expectedMembers == Fact.NOT_SAID && durationMs == Fact.NOT_SAID && counts.isEmpty()
                ? NONE
                : new FactNumbers(expectedMembers, durationMs, new TreeMap<>(counts), Chain.NONE);
    }

    /** Returns a number that an event has; {@link Fact#NOT_SAID} for none and for a negative one, which says nothing. */
    public static long said(Long number) {
        return number == null || number < 0 ? Fact.NOT_SAID : number;
    }

    static FactNumbers ofMembers(long expectedMembers) {
        return of(expectedMembers, Fact.NOT_SAID, Map.of());
    }

    /** Returns the numbers of an extension that stands for others, too. */
    public FactNumbers with(Chain newChain) {
        return newChain.equals(chain) ? this : new FactNumbers(expectedMembers, durationMs, counts, newChain);
    }
}
