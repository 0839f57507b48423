package io.foundling.topology.clock;

/**
 * Between which values the difference of two clocks is, in milliseconds.
 *
 * @param leastMs the least that it can be
 * @param mostMs the most that it can be
 */
record ClockBounds(long leastMs, long mostMs) {

    /** Returns what both say. If they contradict each other, one of the clocks was set in between: then the later. */
    ClockBounds narrowedBy(ClockBounds later) {
        long least = Math.max(leastMs, later.leastMs);
        long most = Math.min(mostMs, later.mostMs);
        return least <= most ? new ClockBounds(least, most) : later;
    }

    /** Returns the nearest value that is possible. */
    long nearest(long ms) {
        return Math.max(leastMs, Math.min(mostMs, ms));
    }
}
