package io.foundling.topology.harness;

import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.LedgerTopics;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.SweepSettings;
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
                policy.name(),
                policy.kind(),
                policy.source(),
                policy.stage(),
                policy.status(),
                policy.window(),
                policy.grace(),
                Optional.of(repeat));
    }

    private LedgerSettings copy(
            LedgerTopics topics, SweepSettings sweep, LedgerSettings.Retention retention, List<Policy> policies) {
        return new LedgerSettings(
                topics, base.time(), base.lateEvents(), sweep, retention, base.settlement(), base.alerting(), policies);
    }
}
