package io.foundling.console.policies;

import java.time.Duration;

/**
 * What one trial may cost.
 *
 * @param time that it may take
 * @param entries that both ledgers may hold in memory
 */
public record TrialLimits(Duration time, long entries) {

    private static final Duration TIME = Duration.ofMinutes(10);
    private static final int SHARE = 4;
    private static final int BYTES_OF_AN_ENTRY = 300;

    /** Returns those of a process with a heap: a trial may take a quarter of it. */
    public static TrialLimits of(long heapBytes) {
        return new TrialLimits(TIME, heapBytes / SHARE / BYTES_OF_AN_ENTRY);
    }
}
