package io.foundling.deploy;

import static org.awaitility.Awaitility.await;

import io.foundling.service.metrics.KafkaMetrics;
import io.foundling.service.metrics.LedgerMetrics;
import io.foundling.service.metrics.Metric;
import io.foundling.service.metrics.MetricNames;
import io.foundling.service.metrics.ServiceMetrics;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Every metric that rules and dashboard may name, with its labels: from the code that exposes it wherever that is ours. */
final class ExposedMetrics {

    /** Put on every series by Prometheus, from the target that it asked. */
    static final Set<String> TARGET = Set.of("job", "namespace", "service", "pod", "instance", "container", "endpoint");

    /**
     * Of the platform, and those of the JVM and of Kafka Streams that exist only once something has happened: a collection, a
     * fetch, a task. Their names were compared with what a running service exposes.
     */
    private static final Map<String, Set<String>> ELSEWHERE = Map.of(
            "up", Set.of(),
            "kubelet_volume_stats_available_bytes", Set.of("persistentvolumeclaim"),
            "kubelet_volume_stats_capacity_bytes", Set.of("persistentvolumeclaim"),
            "jvm_gc_pause_seconds_sum", Set.of("action", "cause", "gc"),
            "kafka_consumer_fetch_manager_records_lag_max", Set.of("client_id", "topic", "partition"),
            "kafka_stream_task_restore_remaining_records_total", Set.of("thread_id", "task_id"),
            "kafka_stream_state_block_cache_usage", Set.of("thread_id", "task_id", "rocksdb_state_id"),
            "kafka_stream_state_block_cache_capacity", Set.of("thread_id", "task_id", "rocksdb_state_id"));

    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_:][a-z0-9_:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"");

    private ExposedMetrics() {}

    static Map<String, Set<String>> all() {
        Map<String, Set<String>> all = new HashMap<>(ELSEWHERE);
        all.putAll(scraped());
        for (Metric metric : MetricNames.all()) {
            Set<String> labels = Set.copyOf(metric.labels());
            if (metric.kind() == Metric.Kind.TIMER) {
                List.of("_count", "_sum", "_max").forEach(suffix -> all.put(metric.name() + suffix, labels));
            } else {
                all.put(metric.name(), labels);
            }
        }
        return all;
    }

    /** What a service exposes that has not found its broker yet. */
    private static Map<String, Set<String>> scraped() {
        Map<String, Set<String>> found = new HashMap<>();
        try (ServiceMetrics metrics = new ServiceMetrics("test", KafkaMetrics.USED);
                KafkaStreams streams = unconnected()) {
            new LedgerMetrics(metrics.registry(), List.of("audit.events"), Clock.systemUTC());
            streams.start();
            await().until(() -> streams.metrics().keySet().stream()
                    .anyMatch(metric -> metric.group().equals("stream-state-updater-metrics")));
            metrics.bind(streams);
            Matcher series = SERIES.matcher(metrics.scrape());
            while (series.find()) {
                Set<String> labels = found.computeIfAbsent(series.group(1), name -> new HashSet<>());
                Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
                while (label.find()) {
                    labels.add(label.group(1));
                }
            }
        }
        return found;
    }

    private static KafkaStreams unconnected() {
        Topology topology = new Topology();
        topology.addSource("source", "in").addSink("sink", "out", "source");
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "exposed-metrics");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        return new KafkaStreams(topology, settings);
    }
}
