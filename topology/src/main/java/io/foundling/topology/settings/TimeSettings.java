package io.foundling.topology.settings;

import java.time.Duration;

/**
 * How far clocks may differ.
 *
 * @param allowedLag the longest a healthy producer needs from occurredAt to append
 * @param maxSkew how far occurredAt may be ahead of the record's timestamp
 */
public record TimeSettings(Duration allowedLag, Duration maxSkew) {

    public TimeSettings {
        LedgerSettings.requireNotNegative(allowedLag, maxSkew);
    }

    public static TimeSettings defaults() {
        return new TimeSettings(Duration.ofSeconds(5), Duration.ofMinutes(5));
    }
}
