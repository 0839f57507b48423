package io.foundling.service.metrics;

import io.foundling.console.acts.Act;
import io.foundling.console.acts.ActListener;
import io.foundling.console.model.ReadModel;
import io.foundling.console.model.reading.Lag;
import io.foundling.console.model.reading.ReaderListener;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Counts what {@code console} applies and what operators do, and shows how its read model is. All series exist from the
 * start.
 */
public final class ConsoleMetrics implements ReaderListener, ActListener {

    private static final double MILLIS = 1_000;
    private static final String APPLIED = "applied";
    private static final String PASSED_OVER = "passed_over";

    private final MeterRegistry registry;
    private volatile Optional<ReadModel> model = Optional.empty();

    /** @param topics that are read */
    public ConsoleMetrics(MeterRegistry registry, List<String> topics) {
        this.registry = registry;
        for (String topic : topics) {
            applied(topic, 0, 0);
            lag(MetricNames.CONSOLE_LAG_RECORDS, topic, Lag::records);
            lag(MetricNames.CONSOLE_LAG, topic, lag -> lag.time().toMillis() / MILLIS);
        }
        for (Table<?> table : Tables.all()) {
            gauge(
                            MetricNames.CONSOLE_ROWS,
                            () -> model.map(running -> running.contents().rows().get(table.name()))
                                    .orElse(0L))
                    .tag(MetricNames.TABLE, table.name())
                    .register(registry);
        }
        gauge(
                        MetricNames.CONSOLE_BYTES,
                        () -> model.map(running -> running.contents().bytes()).orElse(0L))
                .register(registry);
        for (String act : Act.NAMES) {
            for (Outcome outcome : Outcome.values()) {
                acts(act, outcome);
            }
        }
    }

    /** Shows this read model from now on. */
    public void watch(ReadModel running) {
        model = Optional.of(running);
    }

    @Override
    public void applied(String topic, int records, int passedOver) {
        counter(topic, APPLIED).increment(records);
        counter(topic, PASSED_OVER).increment(passedOver);
    }

    @Override
    public void acted(String act, Outcome outcome) {
        acts(act, outcome).increment();
    }

    private Counter acts(String act, Outcome outcome) {
        return Counter.builder(MetricNames.CONSOLE_ACTS.name())
                .description(MetricNames.CONSOLE_ACTS.description())
                .tag(MetricNames.ACT, act)
                .tag(MetricNames.RESULT, outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void lag(Metric metric, String topic, ToDoubleFunction<Lag> value) {
        gauge(
                        metric,
                        () -> model.stream()
                                .flatMap(running -> running.lags().stream())
                                .filter(lag -> lag.topic().equals(topic))
                                .mapToDouble(value)
                                .sum())
                .tag(MetricNames.TOPIC, topic)
                .register(registry);
    }

    private static Gauge.Builder<Supplier<Number>> gauge(Metric metric, Supplier<Number> value) {
        return Gauge.builder(metric.name(), value).description(metric.description());
    }

    private Counter counter(String topic, String result) {
        return Counter.builder(MetricNames.CONSOLE_RECORDS.name())
                .description(MetricNames.CONSOLE_RECORDS.description())
                .tag(MetricNames.TOPIC, topic)
                .tag(MetricNames.RESULT, result)
                .register(registry);
    }
}
