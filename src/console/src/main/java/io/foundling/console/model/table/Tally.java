package io.foundling.console.model.table;

import java.util.Comparator;

/**
 * What is counted together: one row of the table {@code tally}.
 *
 * @param sinceMs of what awaits, the hour in which it entered its status; of events, the minute of their append; or else 0
 * @param name the status or the reason; empty for events
 */
public record Tally(Counted counted, long sinceMs, String source, String stage, String name)
        implements Comparable<Tally> {

    public static final long MINUTE_MS = 60_000;
    public static final long HOUR_MS = 60 * MINUTE_MS;

    private static final Comparator<Tally> ORDER = Comparator.comparing(Tally::counted)
            .thenComparingLong(Tally::sinceMs)
            .thenComparing(Tally::source)
            .thenComparing(Tally::stage)
            .thenComparing(Tally::name);

    /** What there can be many of. */
    public enum Counted {
        /** Dispositions of which something is still expected. */
        AWAITING,
        /** Orphans of now. */
        ORPHAN,
        /** Warnings of sources that are silent: nobody knows whether their subjects are orphans. */
        UNKNOWN,
        /** Events that were read, also those that were erased later. */
        EVENT
    }

    /** In the order of the key of the table, so that no two transactions wait for each other. */
    @Override
    public int compareTo(Tally other) {
        return ORDER.compare(this, other);
    }
}
