package io.foundling.service.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The registry of the metrics of this process: those of JVM and build from the start, those of Kafka Streams while it
 * is bound, and those that others add.
 */
public final class ServiceMetrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final AtomicReference<KafkaStreamsMetrics> streamsMetrics = new AtomicReference<>();
    private final Queue<KafkaStreamsMetrics> addedMetrics = new ConcurrentLinkedQueue<>();

    /**
     * Creates the registry.
     *
     * @param version of this build, see {@link BuildVersion}
     * @param kafka which metrics of a Streams client are exposed
     */
    public ServiceMetrics(String version, KafkaMetrics kafka) {
        registry.config().meterFilter(kafka);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        // Not through Micrometer, which cannot expose a name that ends in _info.
        Info.builder()
                .name(MetricNames.BUILD.name())
                .help(MetricNames.BUILD.description())
                .labelNames(MetricNames.VERSION, MetricNames.KAFKA_VERSION)
                .register(registry.getPrometheusRegistry())
                .addLabelValues(version, BuildVersion.kafka());
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Adds the metrics of a Streams client; those of one bound before are removed. */
    public void bind(KafkaStreams streams) {
        KafkaStreamsMetrics bound = new KafkaStreamsMetrics(streams);
        close(streamsMetrics.getAndSet(bound));
        bound.bindTo(registry);
    }

    /** Adds the metrics of one of several Streams clients of this process. */
    public void add(KafkaStreams streams) {
        KafkaStreamsMetrics added = new KafkaStreamsMetrics(streams);
        addedMetrics.add(added);
        added.bindTo(registry);
    }

    /** Returns everything in Prometheus text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        close(streamsMetrics.getAndSet(null));
        addedMetrics.forEach(KafkaStreamsMetrics::close);
        gc.close();
        registry.close();
    }

    private static void close(KafkaStreamsMetrics bound) {
        if (bound != null) {
            bound.close();
        }
    }
}
