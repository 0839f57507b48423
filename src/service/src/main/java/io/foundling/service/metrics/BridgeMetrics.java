package io.foundling.service.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Counts what one bridge does, once its transaction is committed. All series exist from the start. The counts are those of
 * the calling stream thread, as {@link CommittedCounts} says.
 */
public final class BridgeMetrics {

    private final MeterRegistry registry;
    private final String bridge;
    private final String input;
    private final CommittedCounts counts = new CommittedCounts();
    private final Map<BridgeOutcome, Counter> records = new EnumMap<>(BridgeOutcome.class);
    private final Counter events;

    /**
     * @param input topic that the bridge reads
     * @param output topic that it writes events into
     */
    public BridgeMetrics(MeterRegistry registry, String bridge, String input, String output) {
        this.registry = registry;
        this.bridge = bridge;
        this.input = input;
        for (BridgeOutcome outcome : BridgeOutcome.values()) {
            records.put(
                    outcome,
                    counter(MetricNames.BRIDGE_RECORDS, input)
                            .tag(MetricNames.OUTCOME, outcome.label())
                            .register(registry));
        }
        events = counter(MetricNames.BRIDGE_EVENTS, output).register(registry);
    }

    /** Returns the counts that wait for their commit. */
    public CommittedCounts counts() {
        return counts;
    }

    /** Counts a record that gave this many events. */
    public void read(BridgeOutcome outcome, int made) {
        counts.add(records.get(outcome), 1);
        if (made > 0) {
            counts.add(events, made);
        }
    }

    /** Shows how many records a client has not fetched yet. */
    public <T> void watch(T client, ToDoubleFunction<T> lag) {
        Gauge.builder(MetricNames.BRIDGE_LAG.name(), client, lag)
                .description(MetricNames.BRIDGE_LAG.description())
                .tag(MetricNames.BRIDGE, bridge)
                .tag(MetricNames.TOPIC, input)
                .register(registry);
    }

    private Counter.Builder counter(Metric metric, String topic) {
        return Counter.builder(metric.name())
                .description(metric.description())
                .tag(MetricNames.BRIDGE, bridge)
                .tag(MetricNames.TOPIC, topic);
    }
}
