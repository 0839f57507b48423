package io.foundling.service.metrics;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.store.LedgerStore.TallyKey;
import io.foundling.topology.store.Tally;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The gauges of one ledger task, from its first figure until it is closed; written by its stream thread, read by any. */
final class TaskGauges implements AutoCloseable {

    private final MeterRegistry registry;
    private final String task;
    private final Map<TallyKey, StageGauges> stages = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> delaysMs = new ConcurrentHashMap<>();
    private final Map<Tags, AtomicLong> held = new ConcurrentHashMap<>();
    private final Collection<Meter> meters = new ConcurrentLinkedQueue<>();
    private final InstantSource wallClock;
    private final AtomicLong clockMs;
    private boolean showsClock;

    /** The figures of one source and stage. */
    private record StageGauges(
            AtomicLong known,
            AtomicLong awaiting,
            AtomicLong outcomes,
            AtomicLong retired,
            AtomicLong removed,
            AtomicLong unwatched) {

        void set(Tally tally) {
            known.set(tally.known());
            awaiting.set(tally.awaiting());
            outcomes.set(tally.outcomes());
            retired.set(tally.retired());
            removed.set(tally.removed());
            unwatched.set(tally.unwatched());
        }
    }

    TaskGauges(MeterRegistry registry, String task, InstantSource wallClock) {
        this.registry = registry;
        this.task = task;
        this.wallClock = wallClock;
        this.clockMs = new AtomicLong(wallClock.millis());
    }

    void tally(TallyKey stage, Tally tally) {
        stages.computeIfAbsent(stage, this::registered).set(tally);
    }

    private StageGauges registered(TallyKey stage) {
        Tags labels =
                Tags.of(MetricNames.TASK, task, MetricNames.SOURCE, stage.source(), MetricNames.STAGE, stage.stage());
        return new StageGauges(
                register(MetricNames.KNOWN, labels),
                register(MetricNames.SUBJECTS, labels.and(MetricNames.BUCKET, "awaiting")),
                register(MetricNames.SUBJECTS, labels.and(MetricNames.BUCKET, "outcomes")),
                register(MetricNames.SUBJECTS, labels.and(MetricNames.BUCKET, "retired")),
                register(MetricNames.SUBJECTS, labels.and(MetricNames.BUCKET, "removed")),
                register(MetricNames.UNWATCHED, labels));
    }

    void delay(String source, long delayMs) {
        delaysMs.computeIfAbsent(source, this::registerDelay).set(delayMs);
    }

    void held(String source, long count) {
        Tags labels = Tags.of(MetricNames.TASK, task, MetricNames.SOURCE, source);
        held.computeIfAbsent(labels, tags -> register(MetricNames.HELD_SUBJECTS, tags))
                .set(count);
    }

    /** While the clock is unset, the lag counts from the start of the task. */
    void clock(long ms) {
        if (ms != AuditClock.UNSET) {
            clockMs.set(ms);
        }
        if (!showsClock) {
            showsClock = true;
            meters.add(Gauge.builder(MetricNames.CLOCK_LAG.name(), () -> (wallClock.millis() - clockMs.get()) / 1000.0)
                    .description(MetricNames.CLOCK_LAG.description())
                    .tag(MetricNames.TASK, task)
                    .register(registry));
        }
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private AtomicLong registerDelay(String source) {
        AtomicLong delayMs = new AtomicLong();
        meters.add(Gauge.builder(MetricNames.SOURCE_DELAY.name(), () -> delayMs.get() / 1000.0)
                .description(MetricNames.SOURCE_DELAY.description())
                .tag(MetricNames.TASK, task)
                .tag(MetricNames.SOURCE, source)
                .register(registry));
        return delayMs;
    }

    private AtomicLong register(Metric metric, Tags labels) {
        AtomicLong count = new AtomicLong();
        meters.add(Gauge.builder(metric.name(), count, AtomicLong::get)
                .description(metric.description())
                .tags(labels)
                .register(registry));
        return count;
    }
}
