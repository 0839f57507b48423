package io.foundling.service.metrics;

import io.foundling.console.delivery.DeliveryListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Counts what {@code notify} reports. All series exist from the start. */
public final class DeliveryMetrics implements DeliveryListener {

    private static final double MILLIS = 1_000;

    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> active = new ConcurrentHashMap<>();
    private final Map<Tags, LongSupplier> ages = new ConcurrentHashMap<>();

    public DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void known(String receiver, String endpoint) {
        for (String result : new String[] {"delivered", "failed", "refused"}) {
            counter(receiver, endpoint, result);
        }
        unreadable(receiver, 0);
        active(receiver, false);
        watch(receiver, endpoint, () -> 0);
    }

    @Override
    public void delivered(String receiver, String endpoint, int alerts) {
        counter(receiver, endpoint, "delivered").increment(alerts);
    }

    @Override
    public void failed(String receiver, String endpoint) {
        counter(receiver, endpoint, "failed").increment();
    }

    @Override
    public void refused(String receiver, String endpoint, int alerts) {
        counter(receiver, endpoint, "refused").increment(alerts);
    }

    @Override
    public void unreadable(String receiver) {
        unreadable(receiver, 1);
    }

    private void unreadable(String receiver, int records) {
        Counter.builder(MetricNames.NOTIFY_UNREADABLE.name())
                .description(MetricNames.NOTIFY_UNREADABLE.description())
                .tag(MetricNames.RECEIVER, receiver)
                .register(registry)
                .increment(records);
    }

    @Override
    public void active(String receiver, boolean isActive) {
        active.computeIfAbsent(receiver, this::activeGauge).set(isActive ? 1 : 0);
    }

    @Override
    public void watch(String receiver, String endpoint, LongSupplier ageMs) {
        Tags tags = Tags.of(MetricNames.RECEIVER, receiver, MetricNames.ENDPOINT, endpoint);
        if (ages.put(tags, ageMs) == null) {
            Gauge.builder(
                            MetricNames.NOTIFICATION_AGE.name(),
                            () -> ages.get(tags).getAsLong() / MILLIS)
                    .description(MetricNames.NOTIFICATION_AGE.description())
                    .tags(tags)
                    .register(registry);
        }
    }

    private AtomicInteger activeGauge(String receiver) {
        AtomicInteger value = new AtomicInteger();
        Gauge.builder(MetricNames.NOTIFY_ACTIVE.name(), value, AtomicInteger::get)
                .description(MetricNames.NOTIFY_ACTIVE.description())
                .tag(MetricNames.RECEIVER, receiver)
                .register(registry);
        return value;
    }

    private Counter counter(String receiver, String endpoint, String result) {
        return Counter.builder(MetricNames.NOTIFICATIONS.name())
                .description(MetricNames.NOTIFICATIONS.description())
                .tag(MetricNames.RECEIVER, receiver)
                .tag(MetricNames.ENDPOINT, endpoint)
                .tag(MetricNames.RESULT, result)
                .register(registry);
    }
}
