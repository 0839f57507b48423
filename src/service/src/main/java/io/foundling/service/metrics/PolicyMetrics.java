package io.foundling.service.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Counts changed configuration files, and shows whether the one that is there is in force. */
public final class PolicyMetrics {

    private final InstantSource wallClock;
    private final Counter applied;
    private final Counter refused;
    private final AtomicBoolean isUsable = new AtomicBoolean(true);
    private final AtomicLong loadedAtMs;

    /** Registers them; the policies of the start are in force. */
    public PolicyMetrics(MeterRegistry registry, InstantSource wallClock) {
        this.wallClock = wallClock;
        applied = counter(registry, "applied");
        refused = counter(registry, "refused");
        loadedAtMs = new AtomicLong(wallClock.millis());
        Gauge.builder(MetricNames.POLICIES_RELOAD_SUCCESSFUL.name(), isUsable, usable -> usable.get() ? 1 : 0)
                .description(MetricNames.POLICIES_RELOAD_SUCCESSFUL.description())
                .register(registry);
        Gauge.builder(MetricNames.POLICIES_LOADED.name(), loadedAtMs, atMs -> atMs.get() / 1000.0)
                .description(MetricNames.POLICIES_LOADED.description())
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder(MetricNames.POLICIES_RELOADS.name())
                .description(MetricNames.POLICIES_RELOADS.description())
                .tag(MetricNames.RESULT, result)
                .register(registry);
    }

    /** Other policies are in force. */
    public void applied() {
        applied.increment();
        loadedAtMs.set(wallClock.millis());
    }

    /** The file cannot be used; the policies stay. */
    public void refused() {
        refused.increment();
        isUsable.set(false);
    }

    /** The file can be used, and its policies are in force. */
    public void usable() {
        isUsable.set(true);
    }
}
