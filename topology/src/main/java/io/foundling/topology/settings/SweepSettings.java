package io.foundling.topology.settings;

import java.time.Duration;

/** How often a task looks for due deadlines, and how many one sweep takes. */
public record SweepSettings(Duration interval, int maxExpiries) {

    public SweepSettings {
        LedgerSettings.requireNotNegative(interval);
        if (maxExpiries < 1) {
            throw new IllegalArgumentException("maxExpiriesPerSweep is " + maxExpiries + ", must be 1 or more");
        }
    }

    public static SweepSettings defaults() {
        return new SweepSettings(Duration.ofMillis(200), 2_000);
    }
}
