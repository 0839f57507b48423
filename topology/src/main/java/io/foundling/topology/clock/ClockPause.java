package io.foundling.topology.clock;

import java.time.Duration;

/**
 * Decides whether an audit clock is paused: more than a limit behind the wall clock, beyond the lag that events may have.
 * The alert and readiness of the service decide by it, each with its own limit.
 */
public final class ClockPause {

    private final long allowedLagMs;
    private final long limitMs;

    public ClockPause(Duration allowedLag, Duration limit) {
        allowedLagMs = allowedLag.toMillis();
        limitMs = limit.toMillis();
    }

    /** Whether a clock that has been set is paused. */
    public boolean isPaused(long clockMs, long wallMs) {
        return behindMs(clockMs, wallMs) > limitMs;
    }

    /** Returns how far a clock that has been set is behind, beyond the allowed lag. */
    public long behindMs(long clockMs, long wallMs) {
        return wallMs - allowedLagMs - clockMs;
    }
}
