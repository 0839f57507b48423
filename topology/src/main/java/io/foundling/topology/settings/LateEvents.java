package io.foundling.topology.settings;

import java.time.Duration;

/**
 * Which events are late, and how long warnings about their subjects are held.
 *
 * @param lateAfter an event appended later than this after it happened is late
 * @param arrivalGrace for how long after the last late event
 * @param maxHold for how long at most after the subject's own newest event
 */
public record LateEvents(Duration lateAfter, Duration arrivalGrace, Duration maxHold) {

    public LateEvents {
        LedgerSettings.requireNotNegative(lateAfter, arrivalGrace, maxHold);
    }

    public static LateEvents defaults() {
        return new LateEvents(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(6));
    }
}
