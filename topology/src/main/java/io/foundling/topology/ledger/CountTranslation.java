package io.foundling.topology.ledger;

import java.util.Map;
import java.util.TreeMap;

/** Bounds what a fact counted (rule B4). Pure. */
final class CountTranslation {

    static final int MAX_COUNTS = 32;
    static final int MAX_COUNT_NAME = 256;

    private CountTranslation() {}

    /** Returns the alphabetically first counts. */
    static Map<String, Long> bounded(Map<String, Long> reported) {
        if (reported.isEmpty()) {
            return reported;
        }
        TreeMap<String, Long> kept = new TreeMap<>(reported);
        kept.keySet().removeIf(name -> name.length() > MAX_COUNT_NAME);
        while (kept.size() > MAX_COUNTS) {
            kept.remove(kept.lastKey());
        }
        return kept;
    }

    static String truncated(Map<String, Long> reported, Map<String, Long> kept) {
        return reported.size() - kept.size() + " of " + reported.size()
                + " counts were left out; expected at most " + MAX_COUNTS + " with names of at most " + MAX_COUNT_NAME
                + " characters";
    }
}
