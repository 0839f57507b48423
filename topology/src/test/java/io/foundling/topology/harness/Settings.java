package io.foundling.topology.harness;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.SingleRun;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.settings.Demands;
import io.foundling.topology.settings.DueTimes;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.LateEvents;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.LedgerTopics;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyMatch;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.settings.SilenceSettings;
import io.foundling.topology.settings.SweepSettings;
import io.foundling.topology.settings.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings that differ in one thing. */
public final class Settings {

    private final LedgerSettings base;

    private Settings(LedgerSettings base) {
        this.base = base;
    }

    public static Settings of(LedgerSettings base) {
        return new Settings(base);
    }

    /** Reads other topics, all with append times. */
    public LedgerSettings sources(String... topics) {
        return copy(
                new LedgerTopics(
                        List.of(topics),
                        Set.of(topics),
                        base.topics().partitions(),
                        base.topics().prefix()),
                base.sweep(),
                base.retention(),
                base.policies());
    }

    /** Reads the same topics, but their record timestamps are those of the producer. */
    public LedgerSettings createTime() {
        LedgerTopics topics = base.topics();
        return copy(
                new LedgerTopics(topics.sources(), Set.of(), topics.partitions(), topics.prefix()),
                base.sweep(),
                base.retention(),
                base.policies());
    }

    /** Reads the same topics and writes others. */
    public LedgerSettings prefix(String prefix) {
        LedgerTopics topics = base.topics();
        return copy(
                new LedgerTopics(
                        topics.sources(), topics.withAppendTime(), topics.partitions(), new TopicPrefix(prefix)),
                base.sweep(),
                base.retention(),
                base.policies());
    }

    public LedgerSettings maxExpiriesPerSweep(int count) {
        return copy(
                base.topics(), new SweepSettings(base.sweep().interval(), count), base.retention(), base.policies());
    }

    public LedgerSettings retention(Duration completed, Duration unsuccessful, Duration memory) {
        return copy(
                base.topics(),
                base.sweep(),
                new LedgerSettings.Retention(completed, unsuccessful, memory),
                base.policies());
    }

    /** Counts by name for so many pairs of source and stage. */
    public LedgerSettings maxStages(int count) {
        LedgerSettings.Retention retention = base.retention();
        return copy(
                base.topics(),
                base.sweep(),
                new LedgerSettings.Retention(
                        retention.completed(), retention.unsuccessful(), retention.memory(), count),
                base.policies());
    }

    public LedgerSettings policies(Policy... policies) {
        return copy(base.topics(), base.sweep(), base.retention(), List.of(policies));
    }

    /** Returns an expectation: after a subject of one stage has a status, the one of the same id in another stage. */
    public static Expectation expecting(String name, String stage, Status status, String next, Duration within) {
        return new Expectation(
                name,
                new PolicyMatch(Optional.empty(), Optional.empty(), Optional.of(stage), Optional.of(status)),
                new Expectation.Expected(Optional.empty(), Optional.empty(), next, Expectation.Expected.ID),
                within);
    }

    /** Returns a policy for everything. */
    public static Policy anything(String name, Duration window, Duration grace) {
        return new Policy(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(window),
                grace,
                Optional.empty());
    }

    /** Returns the same policy with reminders. */
    public static Policy repeating(Policy policy, Duration repeat) {
        return new Policy(
                policy.name(), policy.match(), policy.window(), policy.grace(), Optional.of(repeat), policy.demands());
    }

    /** Returns a policy for everything that demands something. */
    public static Policy demanding(boolean expectsOutput, SingleRun singleRun) {
        return demanding(new Demands(
                expectsOutput, Optional.ofNullable(singleRun), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** Returns a policy that says by when every scope is to be completed. */
    public static Policy fresh(DueTimes freshBy) {
        return demanding(
                new Demands(false, Optional.empty(), Optional.of(freshBy), Optional.empty(), Optional.empty()));
    }

    private static Policy demanding(Demands demands) {
        return new Policy(
                "demanding",
                new PolicyMatch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                demands);
    }

    /** Returns a policy for everything that compares volumes. */
    public static Policy comparing(Volume volume) {
        return demanding(new Demands(false, Optional.empty(), Optional.empty(), Optional.of(volume), Optional.empty()));
    }

    public LedgerSettings lateEvents(LateEvents lateEvents) {
        return new LedgerSettings(
                base.topics(),
                base.time(),
                lateEvents,
                base.sweep(),
                base.retention(),
                base.settlement(),
                base.alerting(),
                base.policySet());
    }

    /** Returns a policy that names the count of a closing that is its number of members. */
    public static Policy counting(String memberCount) {
        return demanding(
                new Demands(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(memberCount)));
    }

    public LedgerSettings silence(SilenceSettings silence) {
        return new LedgerSettings(
                base.topics(),
                base.time(),
                base.lateEvents(),
                base.sweep(),
                base.retention(),
                base.settlement(),
                base.alerting().with(silence),
                base.policySet());
    }

    public LedgerSettings policySet(PolicySet policies) {
        return new LedgerSettings(
                base.topics(),
                base.time(),
                base.lateEvents(),
                base.sweep(),
                base.retention(),
                base.settlement(),
                base.alerting(),
                policies);
    }

    private LedgerSettings copy(
            LedgerTopics topics, SweepSettings sweep, LedgerSettings.Retention retention, List<Policy> policies) {
        return new LedgerSettings(
                topics,
                base.time(),
                base.lateEvents(),
                sweep,
                retention,
                base.settlement(),
                base.alerting(),
                new PolicySet(policies, base.expectations(), base.policySet().alerts()));
    }
}
