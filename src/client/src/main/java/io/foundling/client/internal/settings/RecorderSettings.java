package io.foundling.client.internal.settings;

import io.foundling.client.QueueFullPolicy;
import io.foundling.client.RecorderSetting;
import java.nio.charset.StandardCharsets;
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

    /**
     * The directory and the bounds of the spool on disk.
     *
     * @param withSiblings whether the spools of all instances of the service are in the parent of the directory
     */
    public record Spool(Path directory, boolean withSiblings, long maxBytes, boolean durable, Duration flushInterval) {

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
        String root = reader.text(RecorderSetting.SPOOL_ROOT);
        Spool spool = new Spool(
                root.isEmpty()
                        ? Path.of(directory)
                        : Path.of(root)
                                .resolve(fileName(reader.text(RecorderSetting.SERVICE)))
                                .resolve(fileName(reader.text(RecorderSetting.INSTANCE))),
                !root.isEmpty(),
                reader.number(RecorderSetting.SPOOL_MAXBYTES, 1 << 20, Long.MAX_VALUE),
                reader.flag(RecorderSetting.DURABLE),
                reader.millis(RecorderSetting.DURABLE_FLUSH_MS));
        boolean spills = reader.text(RecorderSetting.QUEUE_FULL).equals(QueueFullPolicy.SPILL.name());
        if (spills && directory.isEmpty() && root.isEmpty()) {
            reader.problem(
                    RecorderSetting.SPOOL_ROOT,
                    "is missing, SPILL needs it or " + RecorderSetting.SPOOL_DIRECTORY.key());
        }
        if (!directory.isEmpty() && !root.isEmpty()) {
            reader.problem(
                    RecorderSetting.SPOOL_ROOT,
                    "is set and " + RecorderSetting.SPOOL_DIRECTORY.key() + " too, a recorder has one spool");
        }
        if (spills && reader.millis(RecorderSetting.DRAIN_INTERVAL_MS).isZero()) {
            reader.problem(RecorderSetting.DRAIN_INTERVAL_MS, "is 0, SPILL needs a thread and so more than 0");
        }
        if (spills && !reader.flag(RecorderSetting.ASYNC)) {
            reader.problem(RecorderSetting.QUEUE_FULL, "is SPILL, which needs audit.async to be true");
        }
        if (!spills && (spool.durable() || !directory.isEmpty() || !root.isEmpty())) {
            reader.problem(
                    RecorderSetting.QUEUE_FULL,
                    "must be SPILL where audit.durable, audit.spool.root or audit.spool.directory is set");
        }
        return spills ? Optional.of(spool) : Optional.empty();
    }

    /** Returns the name with every character that may be special in a path, and a leading dot, as percent and hex. */
    private static String fileName(String name) {
        StringBuilder safe = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            boolean plain = character < 0x80 && (Character.isLetterOrDigit(character) || "-_".indexOf(character) >= 0);
            boolean dot = character == '.' && !safe.isEmpty();
            safe.append(plain || dot ? String.valueOf(character) : String.format("%%%02X", (int) character));
        }
        return safe.toString();
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
