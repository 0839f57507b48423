package io.foundling.topology.explain;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One step of an explanation.
 *
 * @param at when it happened; none if it is no event
 * @param rules the numbers that its rules have in RULES.md
 * @param values what the sentence says, for programs: times in ISO form, durations in milliseconds
 */
public record Step(Optional<Instant> at, String sentence, List<String> rules, SortedMap<String, String> values) {

    public Step {
        rules = rules.stream().distinct().toList();
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Makes one that is no event. */
    static Step of(String sentence, String... rules) {
        return new Step(Optional.empty(), sentence, List.of(rules), Collections.emptySortedMap());
    }

    /** Makes one of a time in epoch milliseconds. */
    static Step at(long ms, String sentence, String... rules) {
        return new Step(Optional.of(Instant.ofEpochMilli(ms)), sentence, List.of(rules), Collections.emptySortedMap());
    }

    /** Returns this with one more value. */
    Step with(String name, Object value) {
        SortedMap<String, String> more = new TreeMap<>(values);
        more.put(name, String.valueOf(value));
        return new Step(at, sentence, rules, more);
    }
}
