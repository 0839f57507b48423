package io.foundling.topology.lifecycle.truth;

import java.util.Random;

/**
 * A service that reports. Its clock is wrong by a constant, and its reports take their own time to arrive.
 *
 * @param errorMs what its clock adds to the true time
 * @param slowestMs how long a report takes at most
 */
record Reporter(long errorMs, int slowestMs) {

    /** A healthy producer appends within the 5 s that the audit clock allows. */
    private static final int SLOWEST_MS = 4_000;

    /** A time further than this ahead of the append time is replaced by the append time (rule T4). */
    private static final long FARTHEST_AHEAD_MS = 300_000;

    static Reporter draw(long skewMs, Random random) {
        long errorMs = switch (random.nextInt(4)) {
            case 0 -> -skewMs;
            case 1 -> skewMs;
            case 2 -> 0;
            default -> (long) ((2 * random.nextDouble() - 1) * skewMs);
        };
        return new Reporter(errorMs, random.nextBoolean() ? 20 : SLOWEST_MS);
    }

    long appendedAtMs(long happenedAtMs, Random random) {
        return happenedAtMs + random.nextInt(slowestMs);
    }

    long claimedAtMs(long happenedAtMs, long appendedAtMs) {
        long claimedAtMs = happenedAtMs + errorMs;
        return claimedAtMs > appendedAtMs + FARTHEST_AHEAD_MS ? appendedAtMs : claimedAtMs;
    }
}
