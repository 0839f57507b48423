package io.foundling.client.micrometer;

import io.foundling.client.LossReason;
import io.foundling.client.RecorderGauges;
import io.foundling.client.RecorderMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Counts the events of one recorder in a Micrometer registry, under the names of {@link RecorderMeter}. Counters exist
 * from the construction, gauges from the start of the recorder. Several recorders in a process need an object each,
 * with different tags. Any thread.
 *
 * <p>The registry refers to this object, and this object refers to its recorder until the recorder is closed. So no
 * gauge becomes NaN because of a garbage collection.
 */
public final class MicrometerRecorderMetrics implements RecorderMetrics {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter recorded;
    private final Counter written;
    private final Counter retried;
    private final Map<LossReason, Counter> lost = new EnumMap<>(LossReason.class);
    private volatile RecorderGauges gauges = new Nothing();

    public MicrometerRecorderMetrics(MeterRegistry registry) {
        this(registry, Tags.empty());
    }

    /** Adds these tags to every meter. */
    public MicrometerRecorderMetrics(MeterRegistry registry, Iterable<Tag> tags) {
        this.registry = registry;
        this.tags = Tags.of(tags);
        recorded = counter(RecorderMeter.RECORDED, this.tags);
        written = counter(RecorderMeter.WRITTEN, this.tags);
        retried = counter(RecorderMeter.RETRIED, this.tags);
        for (LossReason reason : LossReason.values()) {
            String name = reason.name().toLowerCase(Locale.ROOT);
            lost.put(reason, counter(RecorderMeter.LOST, this.tags.and(RecorderMeter.REASON, name)));
        }
    }

    @Override
    public void started(RecorderGauges recorder) {
        gauges = recorder;
        gauge(RecorderMeter.QUEUE_EVENTS, RecorderGauges::queuedEvents);
        gauge(RecorderMeter.QUEUE_BYTES, RecorderGauges::queuedBytes);
        gauge(RecorderMeter.SPOOL_BYTES, RecorderGauges::spooledBytes);
    }

    @Override
    public void recorded() {
        recorded.increment();
    }

    @Override
    public void written() {
        written.increment();
    }

    @Override
    public void lost(LossReason reason, long events) {
        lost.get(reason).increment(events);
    }

    @Override
    public void retried() {
        retried.increment();
    }

    /** Releases the recorder. Its gauges show 0 from now on; its counters keep their values. */
    @Override
    public void stopped() {
        gauges = new Nothing();
    }

    private Counter counter(RecorderMeter meter, Tags all) {
        return Counter.builder(meter.id())
                .description(meter.meaning())
                .tags(all)
                .register(registry);
    }

    /**
     * Replaces the gauge of an earlier recorder with the same tags, because the registry would keep showing the earlier
     * one.
     */
    private void gauge(RecorderMeter meter, ToDoubleFunction<RecorderGauges> value) {
        String unit = meter.unit().isEmpty() ? null : meter.unit();
        registry.removeByPreFilterId(new Meter.Id(meter.id(), tags, unit, meter.meaning(), Meter.Type.GAUGE));
        Gauge.builder(meter.id(), this, self -> value.applyAsDouble(self.gauges))
                .description(meter.meaning())
                .baseUnit(unit)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private record Nothing(long queuedEvents, long queuedBytes, long spooledBytes) implements RecorderGauges {
        Nothing() {
            this(0, 0, 0);
        }
    }
}
