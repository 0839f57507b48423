package io.foundling.service.metrics;

import io.foundling.intake.IntakeListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/** Counts what becomes of the events that callers report over HTTP. All series exist from the start. */
public final class IntakeMetrics implements IntakeListener {

    private final Map<Result, Counter> counters = new EnumMap<>(Result.class);
    private volatile IntSupplier inFlight = () -> 0;

    public IntakeMetrics(MeterRegistry registry) {
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
    }

    /** Shows this many waiting events from now on. */
    public void watch(IntSupplier waiting) {
        inFlight = waiting;
    }

    @Override
    public void received(Result result, int events) {
        counters.get(result).increment(events);
    }
}
