package io.foundling.intake.sink;

import java.time.Duration;

/**
 * How much may wait to become durable.
 *
 * @param mostEvents of all requests together
 * @param mostBytes of all requests together, estimated
 * @param mostWaiting requests that wait at the same time
 * @param limit how long a request waits
 */
public record SinkSettings(int mostEvents, long mostBytes, int mostWaiting, Duration limit) {

    public SinkSettings {
        if (mostEvents < 1 || mostBytes < 1 || mostWaiting < 1 || limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("the limits of a sink must be positive");
        }
    }
}
