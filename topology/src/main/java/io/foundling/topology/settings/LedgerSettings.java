package io.foundling.topology.settings;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * All settings of the topology. Defaults are those of {@link #defaults}.
 *
 * @param sources names of the source topics, all with {@code partitions} partitions
 * @param logAppendTimeSources those whose record timestamps are append times; on the others the time of reading is used
 * @param allowedLag the longest a healthy producer needs from occurredAt to append
 * @param lateAfter an event appended later than this after it happened is late
 * @param lateArrivalGrace how long after the last late event subjects with late events are held
 * @param maxLateHold at most how long after its own newest event a subject is held
 * @param maxSkew how far occurredAt may be ahead of the record's timestamp
 * @param sweepInterval how often the expiry index is swept
 * @param maxExpiriesPerSweep how many due entries one sweep takes at most
 * @param settlement when and for how long parents are settled
 * @param alerting when alerts fire, resolve and go
 * @param policies windows and graces; the first match counts
 */
public record LedgerSettings(
        List<String> sources,
        Set<String> logAppendTimeSources,
        int partitions,
        Duration allowedLag,
        Duration lateAfter,
        Duration lateArrivalGrace,
        Duration maxLateHold,
        Duration maxSkew,
        Duration sweepInterval,
        int maxExpiriesPerSweep,
        Retention retention,
        Settlement settlement,
        Alerting alerting,
        List<Policy> policies) {

    public LedgerSettings {
        sources = List.copyOf(sources);
        logAppendTimeSources = Set.copyOf(logAppendTimeSources);
        policies = List.copyOf(policies);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources is empty, must name at least one topic");
        }
        for (Duration duration :
                List.of(allowedLag, lateAfter, lateArrivalGrace, maxLateHold, maxSkew, sweepInterval)) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("a duration is " + duration + ", must be 0 or more");
            }
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions is " + partitions + ", must be 1 or more");
        }
        if (maxExpiriesPerSweep < 1) {
            throw new IllegalArgumentException("maxExpiriesPerSweep is " + maxExpiriesPerSweep + ", must be 1 or more");
        }
    }

    /**
     * Returns how long one task may be busy with what is due before it lets others go on. One transaction spans all
     * tasks of a stream thread, at most one for each partition, and must end long before its timeout of 10 s.
     */
    public Duration maxBusy() {
        return Duration.ofMillis(Math.max(10, 1_500 / partitions));
    }

    /** Returns the documented defaults for one LogAppendTime source topic. */
    public static LedgerSettings defaults(String source, int partitions) {
        return new LedgerSettings(
                List.of(source),
                Set.of(source),
                partitions,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofHours(6),
                Duration.ofMinutes(5),
                Duration.ofMillis(200),
                2_000,
                Retention.defaults(),
                Settlement.defaults(),
                Alerting.defaults(),
                List.of());
    }

    /**
     * How long dispositions and their stones are kept, counted from when the outcome was read.
     *
     * @param completed after COMPLETED; zero removes at once
     * @param unsuccessful after every other outcome and after RETIRED
     * @param memory how long the stone stays after removal
     */
    public record Retention(Duration completed, Duration unsuccessful, Duration memory) {

        public static Retention defaults() {
            return new Retention(Duration.ofDays(1), Duration.ofDays(30), Duration.ofDays(7));
        }
    }

    /**
     * How parents are settled.
     *
     * @param grace how long after its parent closed a member may still come back
     * @param memory how long members and closures are kept after a closure was read
     */
    public record Settlement(Duration grace, Duration memory) {

        public static Settlement defaults() {
            return new Settlement(Duration.ofSeconds(60), Duration.ofDays(7));
        }
    }

    /**
     * How alerts behave.
     *
     * @param quiet how long after the last violation or deleted offset their alerts resolve
     * @param memory how long a resolved alert is kept
     * @param clockStands how far an audit clock may be behind, beyond allowedLag, before it counts as paused (rule T20)
     */
    public record Alerting(Duration quiet, Duration memory, Duration clockStands) {

        public static Alerting defaults() {
            return new Alerting(Duration.ofHours(1), Duration.ofDays(7), Duration.ofMinutes(1));
        }
    }
}
