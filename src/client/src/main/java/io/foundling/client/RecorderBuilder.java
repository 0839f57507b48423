package io.foundling.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Builds a {@link KafkaAuditRecorder} from environment, properties and calls; of two values for a setting the later one
 * is used. Each call corresponds to a {@link RecorderSetting}. Values are checked by {@link #build}. Not thread-safe.
 */
public final class RecorderBuilder {

    private static final Duration LONGEST = Duration.ofDays(365);

    private final Map<String, String> properties = new HashMap<>();
    private RecorderMetrics metrics = RecorderMetrics.NONE;

    RecorderBuilder() {}

    /** Adds the {@code AUDIT_…} variables of this process. */
    public RecorderBuilder environment() {
        return environment(System.getenv());
    }

    /** Adds the {@code AUDIT_…} variables of a map and ignores other entries. */
    public RecorderBuilder environment(Map<String, String> variables) {
        for (RecorderSetting setting : RecorderSetting.values()) {
            if (variables.containsKey(setting.variable())) {
                put(setting, variables.get(setting.variable()));
            }
        }
        String kafkaVariables =
                RecorderSetting.KAFKA_PREFIX.toUpperCase(Locale.ROOT).replace('.', '_');
        variables.forEach((name, value) -> {
            if (name.startsWith(kafkaVariables)) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return this;
    }

    /** Adds the {@code audit.…} keys and ignores other entries. */
    public RecorderBuilder properties(Properties given) {
        given.stringPropertyNames().forEach(name -> properties.put(name, given.getProperty(name)));
        return this;
    }

    public RecorderBuilder bootstrapServers(String servers) {
        return put(RecorderSetting.BOOTSTRAP_SERVERS, servers);
    }

    public RecorderBuilder schemaRegistryUrl(String urls) {
        return put(RecorderSetting.SCHEMA_REGISTRY_URL, urls);
    }

    public RecorderBuilder service(String name) {
        return put(RecorderSetting.SERVICE, name);
    }

    public RecorderBuilder instance(String name) {
        return put(RecorderSetting.INSTANCE, name);
    }

    public RecorderBuilder version(String version) {
        return put(RecorderSetting.VERSION, version);
    }

    public RecorderBuilder topic(String name) {
        return put(RecorderSetting.TOPIC, name);
    }

    /** Sets whether calls return at once (true) or when the broker has acknowledged the event (false). */
    public RecorderBuilder async(boolean async) {
        return put(RecorderSetting.ASYNC, Boolean.toString(async));
    }

    /** Sets how many events, and how many estimated bytes of them, may wait in memory. */
    public RecorderBuilder queue(int maxEvents, long maxBytes) {
        return put(RecorderSetting.QUEUE_MAXSIZE, Integer.toString(maxEvents))
                .put(RecorderSetting.QUEUE_MAXBYTES, Long.toString(maxBytes));
    }

    public RecorderBuilder queueFull(QueueFullPolicy policy) {
        return put(RecorderSetting.QUEUE_FULL, policy.name());
    }

    /** Sets how long a call may wait while no event leaves the full queue, or for the disk. */
    public RecorderBuilder blockLimit(Duration limit) {
        return put(RecorderSetting.QUEUE_BLOCK_MS, limit);
    }

    /** Sets how long events are gathered before they are sent. With zero there is no thread and {@code flush} sends. */
    public RecorderBuilder drainInterval(Duration interval) {
        return put(RecorderSetting.DRAIN_INTERVAL_MS, interval);
    }

    /** Sends every event through a spool in this directory ({@link QueueFullPolicy#SPILL}). */
    public RecorderBuilder spill(Path directory, long maxBytes) {
        return queueFull(QueueFullPolicy.SPILL)
                .put(RecorderSetting.SPOOL_DIRECTORY, directory.toString())
                .put(RecorderSetting.SPOOL_MAXBYTES, Long.toString(maxBytes));
    }

    /**
     * Sends every event through a spool in the subdirectory service/instance of the root. A recorder also sends what
     * others of its service, which have ended, left below the same root.
     */
    public RecorderBuilder spillBelow(Path root, long maxBytes) {
        return queueFull(QueueFullPolicy.SPILL)
                .put(RecorderSetting.SPOOL_ROOT, root.toString())
                .put(RecorderSetting.SPOOL_MAXBYTES, Long.toString(maxBytes));
    }

    /**
     * Sets within which time after a call the spool is forced to disk. With zero it is forced before the call returns.
     */
    public RecorderBuilder durable(Duration flushInterval) {
        return put(RecorderSetting.DURABLE, "true").put(RecorderSetting.DURABLE_FLUSH_MS, flushInterval);
    }

    public RecorderBuilder closeTimeout(Duration timeout) {
        return put(RecorderSetting.CLOSE_TIMEOUT_MS, timeout);
    }

    /** Sets whether a shutdown hook closes the recorder when the JVM ends. */
    public RecorderBuilder closeOnExit(boolean close) {
        return put(RecorderSetting.CLOSE_ON_EXIT, Boolean.toString(close));
    }

    /** Passes a setting to the Kafka producer and the serializer. */
    public RecorderBuilder kafka(String key, String value) {
        properties.put(RecorderSetting.KAFKA_PREFIX + key, value);
        return this;
    }

    public RecorderBuilder metrics(RecorderMetrics recorderMetrics) {
        metrics = recorderMetrics;
        return this;
    }

    /**
     * Starts the recorder. It connects to broker and registry when the first event is sent, so neither has to be up
     * now.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message lists every problem
     * @throws java.io.UncheckedIOException if the spool's directory cannot be used
     */
    public KafkaAuditRecorder build() {
        return KafkaAuditRecorder.start(properties, metrics);
    }

    Map<String, String> properties() {
        return properties;
    }

    private RecorderBuilder put(RecorderSetting setting, Duration time) {
        return put(setting, Long.toString(millis(time)));
    }

    private RecorderBuilder put(RecorderSetting setting, String value) {
        properties.put(setting.key(), value);
        return this;
    }

    /** Rounds up, so that a short time does not become none; a negative time is none, a year is the most. */
    private static long millis(Duration time) {
        if (time.isNegative()) {
            return 0;
        }
        Duration bounded = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        return bounded.plusNanos(999_999).toMillis();
    }
}
