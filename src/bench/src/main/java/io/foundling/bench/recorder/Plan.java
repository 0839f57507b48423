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
 * @param burst how long callers report as fast as they can
 * @param rounds how often each throughput is measured
 * @param recorders how many recorders idle
 * @param idle how long they are measured
 * @param kafka settings of every producer besides those of a recorder
 */
record Plan(
        Duration warmUp,
        Duration measure,
        Duration outage,
        Duration freeze,
        Duration burst,
        int rounds,
        int recorders,
        Duration idle,
        Map<String, String> kafka) {

    static final long CALLS_PER_SECOND = 20_000;

    static Plan full() {
        return new Plan(
                Duration.ofSeconds(5),
                Duration.ofSeconds(12),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                3,
                400,
                Duration.ofSeconds(10),
                Map.of());
    }

    /** A short plan that shows whether everything runs; its figures mean nothing. */
    static Plan quick() {
        return new Plan(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                1,
                20,
                Duration.ofSeconds(2),
                Map.of("max.block.ms", "2000"));
    }
}
