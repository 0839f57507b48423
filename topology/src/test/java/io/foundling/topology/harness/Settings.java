package io.foundling.topology.harness;

import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
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
        return copy(List.of(topics), Set.of(topics), base.maxExpiriesPerSweep(), base.retention(), base.policies());
    }

    /** Reads the same topics, but their record timestamps are those of the producer. */
    public LedgerSettings createTime() {
        return copy(base.sources(), Set.of(), base.maxExpiriesPerSweep(), base.retention(), base.policies());
    }

    public LedgerSettings maxExpiriesPerSweep(int count) {
        return copy(base.sources(), base.logAppendTimeSources(), count, base.retention(), base.policies());
    }

    public LedgerSettings retention(Duration completed, Duration unsuccessful, Duration memory) {
        return copy(
                base.sources(),
                base.logAppendTimeSources(),
                base.maxExpiriesPerSweep(),
                new LedgerSettings.Retention(completed, unsuccessful, memory),
                base.policies());
    }

    public LedgerSettings policies(Policy... policies) {
        return copy(
                base.sources(),
                base.logAppendTimeSources(),
                base.maxExpiriesPerSweep(),
                base.retention(),
                List.of(policies));
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
                grace);
    }

    private LedgerSettings copy(
            List<String> sources,
            Set<String> logAppendTimeSources,
            int maxExpiriesPerSweep,
            LedgerSettings.Retention retention,
            List<Policy> policies) {
        return new LedgerSettings(
                sources,
                logAppendTimeSources,
                base.partitions(),
                base.allowedLag(),
                base.lateAfter(),
                base.lateArrivalGrace(),
                base.maxLateHold(),
                base.maxSkew(),
                base.sweepInterval(),
                maxExpiriesPerSweep,
                retention,
                base.settlement(),
                base.alerting(),
                policies);
    }
}
