package io.foundling.client;

import java.util.Locale;

/** Every setting of a recorder. The name of its environment variable is the key in upper case, with underscores. */
public enum RecorderSetting {
    BOOTSTRAP_SERVERS("audit.bootstrap.servers", "", true, "Kafka brokers to ask first, host:port, comma separated."),
    SCHEMA_REGISTRY_URL("audit.schema.registry.url", "", true, "Schema Registry addresses, comma separated."),
    SERVICE("audit.service", "", true, "The name of the reporting service."),
    INSTANCE("audit.instance", "the host name", false, "Which instance of the service reports."),
    VERSION("audit.version", "unknown", false, "The version of the service."),
    TOPIC("audit.topic", "audit.events", false, "The topic that gets the events."),
    ASYNC("audit.async", "true", false, "Whether calls return at once; false: when the broker has acknowledged."),
    QUEUE_MAXSIZE("audit.queue.maxsize", "10000", false, "How many events may wait in memory."),
    QUEUE_MAXBYTES("audit.queue.maxbytes", "33554432", false, "How many bytes they may have, estimated."),
    QUEUE_FULL(
            "audit.queue.full", "BLOCK", false, "What a full queue means: BLOCK, DROP_NEWEST, DROP_OLDEST or SPILL."),
    QUEUE_BLOCK_MS("audit.queue.block.ms", "1000", false, "How long a call may wait for room, or for the disk."),
    DRAIN_INTERVAL_MS(
            "audit.drain.interval.ms",
            "5",
            false,
            "How long events are gathered before they are sent; 0: no thread, flush() sends."),
    SPOOL_DIRECTORY("audit.spool.directory", "", false, "Where SPILL keeps events; one directory for each recorder."),
    SPOOL_MAXBYTES("audit.spool.maxbytes", "268435456", false, "How large the spool may become on disk."),
    DURABLE("audit.durable", "false", false, "Whether the spool is forced to disk, to outlive the machine."),
    DURABLE_FLUSH_MS(
            "audit.durable.flush.ms",
            "0",
            false,
            "How long after the call at the latest it is forced; 0: before the call returns."),
    CLOSE_TIMEOUT_MS("audit.close.timeout.ms", "10000", false, "How long close() without an argument may take."),
    CLOSE_ON_EXIT("audit.close.on.exit", "false", false, "Whether a shutdown hook closes the recorder with the JVM.");

    /** Keys with this prefix are given to the Kafka producer and the serializer without it. */
    public static final String KAFKA_PREFIX = "audit.kafka.";

    private final String key;
    private final String standard;
    private final boolean required;
    private final String meaning;

    RecorderSetting(String key, String standard, boolean required, String meaning) {
        this.key = key;
        this.standard = standard;
        this.required = required;
        this.meaning = meaning;
    }

    /** Returns the key in properties. */
    public String key() {
        return key;
    }

    /** Returns the name in the environment. */
    public String variable() {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Returns what holds if nothing is set, empty where something must be or nothing is. */
    public String standard() {
        return standard;
    }

    public boolean required() {
        return required;
    }

    public String meaning() {
        return meaning;
    }
}
