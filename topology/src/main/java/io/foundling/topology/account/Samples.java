package io.foundling.topology.account;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Subjects that are named, out of those that count in a group.
 *
 * @param keys of them
 * @param findings what was found about some of them, by key; in most groups nothing ever is
 */
public record Samples(List<String> keys, SortedMap<String, String> findings) {

    public static final Samples NONE = new Samples(List.of(), Collections.emptySortedMap());

    /** Findings about others are left out. */
    public Samples {
        keys = List.copyOf(keys);
        if (findings.isEmpty()) {
            findings = Collections.emptySortedMap();
        } else {
            SortedMap<String, String> named = new TreeMap<>(findings);
            named.keySet().retainAll(keys);
            findings = Collections.unmodifiableSortedMap(named);
        }
    }

    /** Returns samples about which nothing was found. */
    public static Samples of(List<String> keys) {
        return keys.isEmpty() ? NONE : new Samples(keys, Collections.emptySortedMap());
    }

    /** Returns at most {@code limit} of them. */
    Samples first(int limit) {
        return new Samples(keys.stream().limit(limit).toList(), findings);
    }
}
