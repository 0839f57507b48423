package io.foundling.console.model.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What there was in one step of time.
 *
 * @param level when it was counted first in the step; none if no console ran
 * @param events that were appended in the step
 */
public record CountsAt(Instant at, Duration step, Optional<Level> level, long events) {

    /** How many there were at a moment. Orphans are not counted while their source is silent. */
    public record Level(long awaiting, long orphans) {}

    CountsAt withLevel(Level counted) {
        return level.isPresent() ? this : new CountsAt(at, step, Optional.of(counted), events);
    }

    CountsAt plus(long more) {
        return new CountsAt(at, step, level, events + more);
    }
}
