package io.foundling.service.metrics;

import io.foundling.client.RecorderMetrics;
import io.foundling.intake.IntakeListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/** Counts what becomes of the events that callers report over HTTP. All series exist from the start. */
public final class IntakeMetrics implements IntakeListener {

    private final MeterRegistry registry;
    private final Map<Result, Counter> counters = new EnumMap<>(Result.class);
    private final SpoolMetrics spool;
    private volatile IntSupplier inFlight = () -> 0;

    public IntakeMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Result result : Result.values()) {
            counters.put(
                    result,
                    Counter.builder(MetricNames.INTAKE_EVENTS.name())
                            .description(MetricNames.INTAKE_EVENTS.description())
                            .tag(MetricNames.RESULT, result.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder(MetricNames.INTAKE_IN_FLIGHT.name(), () -> inFlight.getAsInt())
                .description(MetricNames.INTAKE_IN_FLIGHT.description())
                .register(registry);
        spool = new SpoolMetrics(registry);
    }

    /** Shows this many waiting events from now on. */
    public void watch(IntSupplier waiting) {
        inFlight = waiting;
    }

    /** Shows from now on whether a broker answers: 1, 0, or NaN if that is not known. */
    public void watchBroker(DoubleSupplier answers) {
        Gauge.builder(MetricNames.INTAKE_BROKER.name(), answers::getAsDouble)
                .description(MetricNames.INTAKE_BROKER.description())
                .register(registry);
    }

    /** Returns what counts the events of a recorder that has a spool. */
    public RecorderMetrics spool() {
        return spool;
    }

    @Override
    public void received(Result result, int events) {
        counters.get(result).increment(events);
    }
}
