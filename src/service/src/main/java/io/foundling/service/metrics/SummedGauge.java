package io.foundling.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A gauge that adds up what the tasks of this instance say. A series exists while any of them has a figure for it.
 * Written by stream threads, read by any.
 *
 * @param <K> what a series is about
 */
final class SummedGauge<K> {

    private final MeterRegistry registry;
    private final Metric metric;
    private final Function<K, Tags> labels;
    private final Map<K, Series> all = new ConcurrentHashMap<>();

    private record Series(Map<String, Long> byTask, Meter meter) {}

    SummedGauge(MeterRegistry registry, Metric metric, Function<K, Tags> labels) {
        this.registry = registry;
        this.metric = metric;
        this.labels = labels;
    }

    synchronized void set(String task, K key, long count) {
        all.computeIfAbsent(key, this::opened).byTask().put(task, count);
    }

    synchronized void taskClosed(String task) {
        List.copyOf(all.keySet()).forEach(key -> remove(task, key));
    }

    synchronized void remove(String task, K key) {
        Series series = all.get(key);
        if (series == null) {
            return;
        }
        series.byTask().remove(task);
        if (series.byTask().isEmpty()) {
            registry.remove(series.meter());
            all.remove(key);
        }
    }

    private Series opened(K key) {
        Map<String, Long> byTask = new ConcurrentHashMap<>();
        Meter meter = Gauge.builder(metric.name(), byTask, SummedGauge::sum)
                .description(metric.description())
                .tags(labels.apply(key))
                .register(registry);
        return new Series(byTask, meter);
    }

    private static double sum(Map<String, Long> byTask) {
        return byTask.values().stream().mapToLong(Long::longValue).sum();
    }
}
