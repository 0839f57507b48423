package io.foundling.demo;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What a pipeline has led to, or should: figures by name, and the orphans and firing alerts at its end. A figure that is
 * missing is 0.
 *
 * @param figures by name
 * @param orphans subject keys of warnings that did not end, with the status that outlived its deadline
 * @param alerts keys of alerts about orphans, settlements and scopes that fire, with the subject keys that they name
 */
record PipelineResult(
        SortedMap<String, Long> figures,
        SortedMap<String, Status> orphans,
        SortedMap<String, SortedSet<String>> alerts) {

    static final String EVENTS = "events read";
    static final String OUT_OF_STEP = "out of step";
    static final String SUBJECTS = "subjects promised";
    static final String COMPLETED = "completed";
    static final String WARNINGS = "orphan warnings";
    static final String RECOVERED = "recovered";
    static final String WITHDRAWN = "withdrawn";
    static final String SETTLED = "batches settled";
    static final String RETURNED = "members returned";
    static final String MISSING = "members missing";
    static final String STATE_ALERTS = "alerts of scopes and sources resolved";
    static final String DUPLICATES = "duplicates ignored";
    static final String VIOLATION = "violation ";
    static final String DEAD_LETTER = "dead letter ";

    private static final List<String> FIRST = List.of(
            EVENTS,
            OUT_OF_STEP,
            SUBJECTS,
            COMPLETED,
            WARNINGS,
            RECOVERED,
            WITHDRAWN,
            SETTLED,
            RETURNED,
            MISSING,
            DUPLICATES);

    PipelineResult {
        figures = new TreeMap<>(figures);
        figures.values().removeIf(figure -> figure == 0);
        orphans = new TreeMap<>(orphans);
        alerts = new TreeMap<>(alerts);
    }

    long figure(String name) {
        return figures.getOrDefault(name, 0L);
    }

    /** Hands over every figure that one of the two has, in the order for people. */
    static void rows(PipelineResult one, PipelineResult other, BiConsumer<String, long[]> row) {
        SortedSet<String> rest = new TreeSet<>(one.figures.keySet());
        rest.addAll(other.figures.keySet());
        FIRST.forEach(rest::remove);
        List<String> names = new ArrayList<>(FIRST);
        names.addAll(rest);
        names.forEach(name -> row.accept(name, new long[] {one.figure(name), other.figure(name)}));
    }

    /** Returns a sentence for each thing that was not seen as expected; empty if there is none. */
    static List<String> differences(PipelineResult expected, PipelineResult seen) {
        List<String> differences = new ArrayList<>();
        rows(expected, seen, (name, pair) -> {
            if (pair[0] != pair[1]) {
                differences.add(name + ": expected " + pair[0] + ", seen " + pair[1]);
            }
        });
        compare(expected.orphans, seen.orphans, PipelineResult::orphan, differences);
        compare(expected.alerts, seen.alerts, PipelineResult::alert, differences);
        return differences;
    }

    private static <T> void compare(
            Map<String, T> expected, Map<String, T> seen, Function<T, String> words, List<String> differences) {
        Map<String, T> all = new TreeMap<>(expected);
        all.putAll(seen);
        for (String key : all.keySet()) {
            T wanted = expected.get(key);
            T found = seen.get(key);
            if (!Objects.equals(wanted, found)) {
                differences.add(key + ": expected " + words.apply(wanted) + ", seen " + words.apply(found));
            }
        }
    }

    private static String alert(SortedSet<String> keys) {
        return keys == null ? "no alert" : "an alert about " + String.join(" ", keys);
    }

    private static String orphan(Status status) {
        return status == null ? "no orphan" : "an orphan in " + status;
    }
}
