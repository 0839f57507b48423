package io.foundling.topology.silence;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Rule T27 as it reads, over all times at which a source was ever heard. */
final class NaiveNorm {

    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long WEEK = 7 * 24;

    private final NavigableSet<Long> heard = new TreeSet<>();

    void hear(long atMs) {
        heard.add(atMs);
    }

    boolean isSilent(long sinceMs, long throughMs, long historyMs, long events, long afterMs) {
        if (heard.isEmpty() || heard.last() - heard.first() < historyMs) {
            return false;
        }
        long quietMs = Math.max(heard.last(), sinceMs);
        if (throughMs - quietMs <= afterMs) {
            return false;
        }
        double missing = 0;
        double busyMs = 0;
        // The rates are the same within an hour, so that it is counted in pieces of hours.
        for (long hour = quietMs / HOUR_MS; hour * HOUR_MS < throughMs; hour++) {
            long fromMs = Math.max(quietMs, hour * HOUR_MS);
            long toMs = Math.min(Math.min(throughMs, quietMs + 24 * HOUR_MS), (hour + 1) * HOUR_MS);
            double part = Math.max(0, toMs - fromMs) / (double) HOUR_MS;
            missing += part * rate(hour, false);
            busyMs += part * rate(hour, true) * MINUTE_MS;
        }
        return missing > events && busyMs > afterMs;
    }

    /** Returns the events of an hour, or its busy minutes. */
    private double rate(long hour, boolean isBusy) {
        long lastHour = heard.last() / HOUR_MS;
        long recentMs = Math.max(heard.first(), (lastHour - 2) * HOUR_MS);
        double hours = Math.max(1_000, heard.last() - recentMs) / (double) HOUR_MS;
        double recent = count(recentMs, heard.last() + 1, isBusy) / hours;
        double least = isBusy ? Math.min(60, recent) : recent;
        for (long then : List.of(hour - 24, hour - WEEK)) {
            if (heard.first() <= then * HOUR_MS) {
                least = Math.min(least, count(then * HOUR_MS, (then + 1) * HOUR_MS, isBusy));
            }
        }
        return least;
    }

    private long count(long fromMs, long toMs, boolean isBusy) {
        return heard.subSet(fromMs, toMs).stream()
                .map(atMs -> isBusy ? atMs / MINUTE_MS : atMs)
                .distinct()
                .count();
    }
}
