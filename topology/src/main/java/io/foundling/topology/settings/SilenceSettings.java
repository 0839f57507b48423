package io.foundling.topology.settings;

import java.time.Duration;

/**
 * When a source is silent (rule T27).
 *
 * @param history for how long a source must have reported before it can be silent
 * @param events more events than this must be missing, by the norm of the source
 * @param after for more than this it must have been quiet, of the time in which it usually reports; 0: no source is
 *     ever silent
 */
public record SilenceSettings(Duration history, long events, Duration after) {

    private static final long ROUNDS = 15;
    private static final long SHORTEST_ROUND_MS = 1_000;
    private static final long LONGEST_ROUND_MS = 60_000;

    public SilenceSettings {
        LedgerSettings.requireNotNegative(history, after);
        if (events < 0) {
            throw new IllegalArgumentException("events is " + events + ", must be 0 or more");
        }
    }

    public static SilenceSettings defaults() {
        return new SilenceSettings(Duration.ofDays(1), 100, Duration.ofMinutes(15));
    }

    /** Whether no source is ever silent. */
    public boolean isOff() {
        return after.isZero();
    }

    /** Returns how often partitions report to each other which sources were heard (rule T26). */
    public long roundMs() {
        return Math.max(SHORTEST_ROUND_MS, Math.min(LONGEST_ROUND_MS, after.toMillis() / ROUNDS));
    }
}
