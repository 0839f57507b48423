package io.foundling.service.metrics;

import io.foundling.client.LossReason;
import io.foundling.client.RecorderGauges;
import io.foundling.client.RecorderMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts what becomes of the events in the spool of the intake. All series exist from the start. Any thread. */
final class SpoolMetrics implements RecorderMetrics {

    private final Counter delivered;
    private final Map<LossReason, Counter> lost = new EnumMap<>(LossReason.class);
    private volatile Optional<RecorderGauges> gauges = Optional.empty();

    SpoolMetrics(MeterRegistry registry) {
        delivered = Counter.builder(MetricNames.INTAKE_DELIVERED.name())
                .description(MetricNames.INTAKE_DELIVERED.description())
                .register(registry);
        for (LossReason reason : LossReason.values()) {
            lost.put(
                    reason,
                    Counter.builder(MetricNames.INTAKE_LOST.name())
                            .description(MetricNames.INTAKE_LOST.description())
                            .tag(MetricNames.REASON, reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder(
                        MetricNames.INTAKE_SPOOL.name(),
                        () -> gauges.map(RecorderGauges::spooledBytes).orElse(0L))
                .description(MetricNames.INTAKE_SPOOL.description())
                .register(registry);
    }

    @Override
    public void started(RecorderGauges recorder) {
        gauges = Optional.of(recorder);
    }

    @Override
    public void stopped() {
        gauges = Optional.empty();
    }

    @Override
    public void written() {
        delivered.increment();
    }

    @Override
    public void lost(LossReason reason, long events) {
        lost.get(reason).increment(events);
    }
}
