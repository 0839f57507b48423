package io.foundling.topology.settings;

import io.foundling.topology.lifecycle.LifecycleSettings;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.names.TopicPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * All settings of the topology. Defaults are those of {@link #defaults}.
 *
 * @param settlement when and for how long parents are settled
 * @param alerting when alerts fire, resolve and go
 * @param policies windows and graces; the first match counts
 */
public record LedgerSettings(
        LedgerTopics topics,
        TimeSettings time,
        LateEvents lateEvents,
        SweepSettings sweep,
        Retention retention,
        Settlement settlement,
        Alerting alerting,
        List<Policy> policies) {

    public LedgerSettings {
        policies = List.copyOf(policies);
    }

    /** Returns the documented defaults for one LogAppendTime source topic. */
    public static LedgerSettings defaults(String source, int partitions) {
        return new LedgerSettings(
                new LedgerTopics(List.of(source), Set.of(source), partitions, TopicPrefix.DEFAULT),
                TimeSettings.defaults(),
                LateEvents.defaults(),
                SweepSettings.defaults(),
                Retention.defaults(),
                Settlement.defaults(),
                Alerting.defaults(),
                List.of());
    }

    /** Returns what the rules about one subject need. */
    public LifecycleSettings lifecycle() {
        return new LifecycleSettings(
                Times.ms(lateEvents.maxHold()),
                retention.completed().toMillis(),
                retention.unsuccessful().toMillis(),
                retention.memory().toMillis(),
                settlement.grace().toMillis(),
                time.maxSkew().toMillis(),
                time.allowedLag().toMillis());
    }

    static void requireNotNegative(Duration... durations) {
        for (Duration duration : durations) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("a duration is " + duration + ", must be 0 or more");
            }
        }
    }

    /**
     * How long dispositions and their stones are kept, counted from when the outcome was read.
     *
     * @param completed after COMPLETED; zero removes at once
     * @param unsuccessful after every other outcome and after RETIRED
     * @param memory how long the stone stays after removal
     * @param maxStages how many pairs of source and stage a task counts by name
     */
    public record Retention(Duration completed, Duration unsuccessful, Duration memory, int maxStages) {

        private static final int MAX_STAGES = 1_000;

        public Retention {
            if (maxStages < 1) {
                throw new IllegalArgumentException("maxStages is " + maxStages + ", must be 1 or more");
            }
        }

        /** Takes the default of {@code maxStages}. */
        public Retention(Duration completed, Duration unsuccessful, Duration memory) {
            this(completed, unsuccessful, memory, MAX_STAGES);
        }

        public static Retention defaults() {
            return new Retention(Duration.ofDays(1), Duration.ofDays(30), Duration.ofDays(7));
        }
    }

    /**
     * How parents are settled.
     *
     * @param grace how long after its parent closed a member may still come back
     * @param memory how long members and closures are kept after a closure was read
     * @param retention how long a settlement is kept after its closure was sent, and a forgotten parent is remembered
     */
    public record Settlement(Duration grace, Duration memory, Duration retention) {

        public static Settlement defaults() {
            return new Settlement(Duration.ofSeconds(60), Duration.ofDays(7), Duration.ofDays(90));
        }
    }

    /**
     * How alerts behave.
     *
     * @param quiet how long after the last violation or deleted offset their alerts resolve
     * @param memory how long a resolved alert is kept
     * @param clockStands how far an audit clock may be behind, beyond allowedLag, before it counts as paused (rule T20)
     * @param maxAge after how long without any news an alert resolves that nobody ended (rule A13)
     */
    public record Alerting(Duration quiet, Duration memory, Duration clockStands, Duration maxAge) {

        private static final Duration MAX_AGE = Duration.ofDays(90);

        /** Takes the default of {@code maxAge}. */
        public Alerting(Duration quiet, Duration memory, Duration clockStands) {
            this(quiet, memory, clockStands, MAX_AGE);
        }

        public static Alerting defaults() {
            return new Alerting(Duration.ofHours(1), Duration.ofDays(7), Duration.ofMinutes(1));
        }
    }
}
