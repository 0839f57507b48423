package io.foundling.client.internal.settings;

import io.foundling.client.QueueFullPolicy;
import io.foundling.client.RecorderSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The checked settings of a recorder. Immutable; {@code toString} shows no credentials. */
public record RecorderSettings(
        Target target,
        ReportingService service,
        boolean async,
        Queue queue,
        Duration drainInterval,
        Optional<Spool> spool,
        Shutdown shutdown) {

    /** Where events are sent, and the Kafka settings of the producer that sends them. */
    public record Target(String bootstrapServers, String registryUrl, String topic, Map<String, String> kafka) {

        public Target {
            kafka = Map.copyOf(kafka);
        }

        /** Leaves out the credentials of addresses and the values of Kafka settings. */
        @Override
        public String toString() {
            return "Target[bootstrapServers=" + bootstrapServers + ", registryUrl="
                    + registryUrl.replaceAll("//.*@", "//(hidden)@") + ", topic=" + topic + ", kafka="
                    + new TreeSet<>(kafka.keySet()) + ']';
        }
    }

    /** The service that reports, as its events say. */
    public record ReportingService(String name, String instance, String version) {}

    /** How long a close waits for the remaining events, and whether the end of the process closes the recorder. */
    public record Shutdown(Duration timeout, boolean onExit) {}

    /** How many events may wait in memory, and what a call does when the queue is full. */
    public record Queue(int maxEvents, long maxBytes, QueueFullPolicy policy, Duration blockLimit) {

        /** The most events and bytes that the queue's one counter has room for. */
        public static final int MOST_EVENTS = 1 << 22;

        public static final long MOST_BYTES = 1L << 38;
    }

    /** The directory and the bounds of the spool on disk. */
    public record Spool(Path directory, long maxBytes, boolean durable, Duration flushInterval) {

        /** Whether a call returns only after its event was forced to disk. */
        public boolean forcesBeforeReturn() {
            return durable && flushInterval.isZero();
        }
    }

    /**
     * Reads {@code audit.…} keys and ignores others.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message lists every problem
     */
    public static RecorderSettings fromProperties(Map<String, String> properties) {
        SettingsReader reader = new SettingsReader(properties);
        RecorderSettings settings = new RecorderSettings(
                new Target(
                        reader.text(RecorderSetting.BOOTSTRAP_SERVERS),
                        reader.text(RecorderSetting.SCHEMA_REGISTRY_URL),
                        reader.text(RecorderSetting.TOPIC),
                        kafka(properties)),
                new ReportingService(
                        reader.text(RecorderSetting.SERVICE),
                        reader.text(RecorderSetting.INSTANCE),
                        reader.text(RecorderSetting.VERSION)),
                reader.flag(RecorderSetting.ASYNC),
                queue(reader),
                reader.millis(RecorderSetting.DRAIN_INTERVAL_MS),
                spool(reader),
                new Shutdown(
                        reader.millis(RecorderSetting.CLOSE_TIMEOUT_MS), reader.flag(RecorderSetting.CLOSE_ON_EXIT)));
        reader.end();
        return settings;
    }

    private static Queue queue(SettingsReader reader) {
        return new Queue(
                (int) reader.number(RecorderSetting.QUEUE_MAXSIZE, 1, Queue.MOST_EVENTS),
                reader.number(RecorderSetting.QUEUE_MAXBYTES, 1, Queue.MOST_BYTES),
                reader.choice(RecorderSetting.QUEUE_FULL, QueueFullPolicy.class),
                reader.millis(RecorderSetting.QUEUE_BLOCK_MS));
    }

    private static Optional<Spool> spool(SettingsReader reader) {
        String directory = reader.text(RecorderSetting.SPOOL_DIRECTORY);
        Spool spool = new Spool(
                Path.of(directory),
                reader.number(RecorderSetting.SPOOL_MAXBYTES, 1 << 20, Long.MAX_VALUE),
                reader.flag(RecorderSetting.DURABLE),
                reader.millis(RecorderSetting.DURABLE_FLUSH_MS));
        boolean spills = reader.text(RecorderSetting.QUEUE_FULL).equals(QueueFullPolicy.SPILL.name());
        if (spills && directory.isEmpty()) {
            reader.problem(RecorderSetting.SPOOL_DIRECTORY, "is missing, SPILL needs one");
        }
        if (spills && reader.millis(RecorderSetting.DRAIN_INTERVAL_MS).isZero()) {
            reader.problem(RecorderSetting.DRAIN_INTERVAL_MS, "is 0, SPILL needs a thread and so more than 0");
        }
        if (spills && !reader.flag(RecorderSetting.ASYNC)) {
            reader.problem(RecorderSetting.QUEUE_FULL, "is SPILL, which needs audit.async to be true");
        }
        if (!spills && (spool.durable() || !directory.isEmpty())) {
            reader.problem(
                    RecorderSetting.QUEUE_FULL, "must be SPILL where audit.durable or audit.spool.directory is set");
        }
        return spills ? Optional.of(spool) : Optional.empty();
    }

    private static Map<String, String> kafka(Map<String, String> properties) {
        Map<String, String> kafka = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(RecorderSetting.KAFKA_PREFIX)) {
                kafka.put(key.substring(RecorderSetting.KAFKA_PREFIX.length()), value);
            }
        });
        return kafka;
    }
}
