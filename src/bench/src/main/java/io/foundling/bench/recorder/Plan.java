package io.foundling.bench.recorder;

import java.time.Duration;
import java.util.Map;

/**
 * The durations and sizes of all measurements.
 *
 * @param warmUp paced calls on each contender before it is measured
 * @param measure paced calls in a cell of the latency table
 * @param outage the same while the broker is down: longer than the buffer of a plain producer lasts
 * @param freeze how long the broker is frozen in the frozen table
 * @param kafka settings of every producer besides those of a recorder
 */
record Plan(
        Duration warmUp,
        Duration measure,
        Duration outage,
        Duration freeze,
        Bursts bursts,
        IdleRecorders idle,
        Map<String, String> kafka) {

    static final long CALLS_PER_SECOND = 20_000;

    /** How often each throughput is measured, and how long callers then report as fast as they can. */
    record Bursts(int rounds, Duration length) {}

    /** How many recorders idle, and how long they are measured. */
    record IdleRecorders(int count, Duration length) {}

    static Plan full() {
        return new Plan(
                Duration.ofSeconds(5),
                Duration.ofSeconds(12),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                new Bursts(3, Duration.ofSeconds(10)),
                new IdleRecorders(400, Duration.ofSeconds(10)),
                Map.of());
    }

    /** A short plan that shows whether everything runs; its figures mean nothing. */
    static Plan quick() {
        return new Plan(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                new Bursts(1, Duration.ofSeconds(1)),
                new IdleRecorders(20, Duration.ofSeconds(2)),
                Map.of("max.block.ms", "2000"));
    }
}
