package io.foundling.service.metrics;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.store.LedgerStore.TallyKey;
import io.foundling.topology.store.Tally;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The gauges of one ledger task, from its first figure until it is closed; written by its stream thread, read by any. */
final class TaskGauges implements AutoCloseable {

    private final MeterRegistry registry;
    private final String task;
    private final Map<TallyKey, StageGauges> stages = new ConcurrentHashMap<>();
    private final Map<String, SourceGauge> delaysMs = new ConcurrentHashMap<>();
    private final Map<String, SourceGauge> held = new ConcurrentHashMap<>();
    private final Collection<Meter> meters = new ConcurrentLinkedQueue<>();
    private final InstantSource wallClock;
    private final AtomicLong clockMs;
    private boolean showsClock;

    /** A figure of one source. A series exists while it is above 0: producers make sources up. */
    private record SourceGauge(AtomicLong figure, Meter meter) {}

    /** The figures of one source and stage. */
    private record StageGauges(
            AtomicLong known,
            AtomicLong awaiting,
            AtomicLong outcomes,
            AtomicLong retired,
            AtomicLong removed,
            AtomicLong unwatched,
            List<Meter> meters) {

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
        List<Meter> registered = new ArrayList<>();
        return new StageGauges(
                register(MetricNames.KNOWN, labels, registered),
                register(MetricNames.SUBJECTS, labels.and(MetricNames.BUCKET, "awaiting"), registered),
                register(MetricNames.SUBJECTS, labels.and(MetricNames.BUCKET, "outcomes"), registered),
                register(MetricNames.SUBJECTS, labels.and(MetricNames.BUCKET, "retired"), registered),
                register(MetricNames.SUBJECTS, labels.and(MetricNames.BUCKET, "removed"), registered),
                register(MetricNames.UNWATCHED, labels, registered),
                registered);
    }

    /** The source and stage has no figures of its own any more. */
    void noTally(TallyKey stage) {
        StageGauges gauges = stages.remove(stage);
        if (gauges != null) {
            gauges.meters().forEach(this::remove);
        }
    }

    private void remove(Meter meter) {
        registry.remove(meter);
        meters.remove(meter);
    }

    void delay(String source, long delayMs) {
        set(delaysMs, source, delayMs, MetricNames.SOURCE_DELAY, 1_000.0);
    }

    void held(String source, long count) {
        set(held, source, count, MetricNames.HELD_SUBJECTS, 1);
    }

    private void set(Map<String, SourceGauge> gauges, String source, long figure, Metric metric, double unit) {
        if (figure > 0) {
            gauges.computeIfAbsent(source, name -> register(metric, name, unit))
                    .figure()
                    .set(figure);
            return;
        }
        SourceGauge gone = gauges.remove(source);
        if (gone != null) {
            remove(gone.meter());
        }
    }

    private SourceGauge register(Metric metric, String source, double unit) {
        AtomicLong figure = new AtomicLong();
        Meter meter = Gauge.builder(metric.name(), () -> figure.get() / unit)
                .description(metric.description())
                .tag(MetricNames.TASK, task)
                .tag(MetricNames.SOURCE, source)
                .register(registry);
        meters.add(meter);
        return new SourceGauge(figure, meter);
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

    private AtomicLong register(Metric metric, Tags labels, List<Meter> registered) {
        AtomicLong count = new AtomicLong();
        Meter meter = Gauge.builder(metric.name(), count, AtomicLong::get)
                .description(metric.description())
                .tags(labels)
                .register(registry);
        meters.add(meter);
        registered.add(meter);
        return count;
    }
}
