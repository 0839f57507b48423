package io.foundling.service.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How audit events are taken over HTTP.
 *
 * @param isEnabled whether the console takes them, too
 * @param topic where they go
 */
public record IntakeSettings(boolean isEnabled, String topic, Durability durability, Limits limits) {

    /** When an event is durable. */
    public enum Promise {
        /** The broker has acknowledged it. */
        BROKER,
        /** It is on the disk of this machine. */
        SPOOL
    }

    /**
     * What an answer promises.
     *
     * @param spool directory below which events are kept; none for {@link Promise#BROKER}
     */
    public record Durability(Promise promise, Optional<Path> spool, long spoolMaxBytes) {}

    /**
     * What callers may cost.
     *
     * @param inFlight events of all requests that wait to become durable
     * @param timeout how long a request waits
     * @param requestsPerMinute of one caller; 0: no limit
     */
    public record Limits(
            int eventsOfRequest, long bytesOfRequest, int inFlight, Duration timeout, int requestsPerMinute) {}
}
