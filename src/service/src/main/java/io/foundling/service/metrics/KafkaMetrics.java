package io.foundling.service.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Which of Kafka's own metrics are exposed. Kafka Streams and its clients have some 400 for each stream thread and more
 * for each task, which cost every scrape and the memory of Prometheus.
 */
public enum KafkaMetrics implements MeterFilter {
    /** Those that an alert rule or a panel of the dashboard in {@code deploy} uses. */
    USED,
    /** All. */
    ALL;

    private static final String PREFIX = "kafka_";
    private static final String TOTAL = "_total";

    /** As Prometheus shows them, without {@code _total}. */
    private static final Set<String> NAMES = Set.of(
            "kafka_consumer_fetch_manager_records_lag_max",
            "kafka_stream_alive_stream_threads",
            "kafka_stream_client_state",
            "kafka_stream_failed_stream_threads",
            "kafka_stream_state_block_cache_capacity",
            "kafka_stream_state_block_cache_usage",
            "kafka_stream_state_updater_active_restoring_tasks",
            "kafka_stream_task_restore_remaining_records",
            "kafka_stream_thread_commit");

    /** Whether rules or dashboard use a metric, by the name that Prometheus shows. */
    public static boolean isUsed(String name) {
        String plain = name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
        return NAMES.contains(plain);
    }

    /** Returns the names that {@link #isUsed} knows. */
    public static Set<String> names() {
        return NAMES;
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String name = id.getName().replace('.', '_').replace('-', '_');
        boolean isLeftOut = this == USED && name.startsWith(PREFIX) && !isUsed(name);
        return isLeftOut ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }
}
