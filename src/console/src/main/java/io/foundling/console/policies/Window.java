package io.foundling.console.policies;

import java.time.Instant;

/**
 * The time that a report is about, both ends included. A warning is in it if one of the two ledgers emitted it then.
 */
public record Window(Instant since, Instant until) {

    public Window {
        if (since.isAfter(until)) {
            throw new IllegalArgumentException("the window begins at " + since + ", after its end at " + until);
        }
    }

    boolean includes(long timeMs) {
        return timeMs >= since.toEpochMilli() && timeMs <= until.toEpochMilli();
    }
}
