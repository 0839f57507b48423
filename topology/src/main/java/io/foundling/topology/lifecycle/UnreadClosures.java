package io.foundling.topology.lifecycle;

import java.util.Map;
import java.util.stream.Collectors;

/** Limits that wait until the closures of a parent are read through them (rule P18). */
final class UnreadClosures {

    /** How soon a subject is looked at again, at least. */
    private static final long SHORTEST_MS = 1_000;

    /** How soon at most. Every look is a write; the answer itself has the subject looked at, if it comes before. */
    private static final long LONGEST_MS = 60_000;

    private UnreadClosures() {}

    /** Returns those limits that the clock is past, by parent. */
    static Map<String, Long> passed(Map<String, Long> limitsByParent, Moment moment) {
        if (limitsByParent.isEmpty()) {
            return Map.of();
        }
        return limitsByParent.entrySet().stream()
                .filter(each -> each.getValue() < moment.clockMs())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns when to look whether the closures of a parent have been read. */
    static long lookAtMs(Map<String, Long> limitsByParent, Moment moment) {
        long earliestMs = Times.NEVER;
        for (long limitMs : limitsByParent.values()) {
            earliestMs = Math.min(earliestMs, lookAtMs(limitMs, moment.clockMs()));
        }
        return earliestMs;
    }

    /** The longer a limit has waited, the longer until the next look. */
    private static long lookAtMs(long limitMs, long clockMs) {
        if (clockMs <= limitMs) {
            return limitMs;
        }
        long waitedMs = clockMs - limitMs;
        return Times.plus(clockMs, Math.max(SHORTEST_MS, Math.min(waitedMs, LONGEST_MS)));
    }
}
