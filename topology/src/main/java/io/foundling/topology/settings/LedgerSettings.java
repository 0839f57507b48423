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
 * @param policySet the policies at the start; a ledger that runs may be given others (rule T21)
 */
public record LedgerSettings(
        LedgerTopics topics,
        TimeSettings time,
        LateEvents lateEvents,
        SweepSettings sweep,
        Retention retention,
        Settlement settlement,
        Alerting alerting,
        PolicySet policySet) {

    /** Makes settings without expectations. */
    public LedgerSettings(
            LedgerTopics topics,
            TimeSettings time,
            LateEvents lateEvents,
            SweepSettings sweep,
            Retention retention,
            Settlement settlement,
            Alerting alerting,
            List<Policy> policies) {
        this(topics, time, lateEvents, sweep, retention, settlement, alerting, new PolicySet(policies, List.of()));
    }

    public List<Policy> policies() {
        return policySet.policies();
    }

    public List<Expectation> expectations() {
        return policySet.expectations();
    }

    /** Returns these settings with other expectations. */
    public LedgerSettings expecting(List<Expectation> others) {
        return under(new PolicySet(policies(), others, policySet.alerts()));
    }

    /** Returns these settings with other policies. */
    public LedgerSettings under(PolicySet others) {
        return new LedgerSettings(topics, time, lateEvents, sweep, retention, settlement, alerting, others);
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
                PolicySet.NONE);
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

        /** Returns how long a subject is remembered at least after it has ended (rules R1 and R4). */
        public Duration remembered() {
            return (completed.compareTo(unsuccessful) < 0 ? completed : unsuccessful).plus(memory);
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
     * @param silence when a source is silent (rule T27)
     */
    public record Alerting(
            Duration quiet, Duration memory, Duration clockStands, Duration maxAge, SilenceSettings silence) {

        private static final Duration MAX_AGE = Duration.ofDays(90);

        /** Takes the default of {@code maxAge}. */
        public Alerting(Duration quiet, Duration memory, Duration clockStands) {
            this(quiet, memory, clockStands, MAX_AGE);
        }

        /** Takes the default of {@code silence}. */
        public Alerting(Duration quiet, Duration memory, Duration clockStands, Duration maxAge) {
            this(quiet, memory, clockStands, maxAge, SilenceSettings.defaults());
        }

        /** Returns the same with another meaning of silence. */
        public Alerting with(SilenceSettings silent) {
            return new Alerting(quiet, memory, clockStands, maxAge, silent);
        }

        public static Alerting defaults() {
            return new Alerting(Duration.ofHours(1), Duration.ofDays(7), Duration.ofMinutes(1));
        }
    }
}
