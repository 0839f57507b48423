package io.foundling.client;

import java.util.Locale;

/**
 * Every setting of a recorder: key, default and meaning. The environment variable has the same name in upper case, with
 * underscores. The table in README.md is compared with this enum by a test.
 */
public enum RecorderSetting {
    BOOTSTRAP_SERVERS("audit.bootstrap.servers", "", true, "Addresses of Kafka brokers, host:port, comma separated."),
    SCHEMA_REGISTRY_URL("audit.schema.registry.url", "", true, "Schema Registry addresses, comma separated."),
    SERVICE("audit.service", "", true, "The name of the reporting service."),
    INSTANCE("audit.instance", "the host name", false, "The name of this instance of the service."),
    VERSION("audit.version", "unknown", false, "The version of the service."),
    TOPIC("audit.topic", "audit.events", false, "The topic that events are written to."),
    ASYNC(
            "audit.async",
            "true",
            false,
            "true: a call returns at once; false: it returns when the broker has acknowledged."),
    QUEUE_MAXSIZE("audit.queue.maxsize", "10000", false, "How many events may wait in memory."),
    QUEUE_MAXBYTES(
            "audit.queue.maxbytes",
            "33554432",
            false,
            "How many bytes the events that wait in memory may have, estimated."),
    QUEUE_FULL(
            "audit.queue.full",
            "BLOCK",
            false,
            "What happens when the queue is full: BLOCK, DROP_NEWEST, DROP_OLDEST or SPILL."),
    QUEUE_BLOCK_MS(
            "audit.queue.block.ms",
            "1000",
            false,
            "How long a call may wait while no event leaves the full queue, or for the disk."),
    DRAIN_INTERVAL_MS(
            "audit.drain.interval.ms",
            "5",
            false,
            "How long events are gathered before they are sent; 0: there is no thread, flush() sends."),
    SPOOL_ROOT(
            "audit.spool.root",
            "",
            false,
            "The directory below which SPILL keeps events, in service/instance; a recorder also sends what ended ones"
                    + " of its service left."),
    SPOOL_DIRECTORY(
            "audit.spool.directory",
            "",
            false,
            "Instead of the root: the directory in which SPILL keeps events; each recorder needs its own."),
    SPOOL_MAXBYTES("audit.spool.maxbytes", "268435456", false, "How large the spool may become on disk, in bytes."),
    DURABLE(
            "audit.durable",
            "false",
            false,
            "Whether the spool is forced to disk, so that events survive a crash of the machine."),
    DURABLE_FLUSH_MS(
            "audit.durable.flush.ms",
            "0",
            false,
            "Within which time after a call the spool is forced; 0: before the call returns."),
    CLOSE_TIMEOUT_MS("audit.close.timeout.ms", "10000", false, "How long close() without an argument may take."),
    CLOSE_ON_EXIT(
            "audit.close.on.exit", "false", false, "Whether a shutdown hook closes the recorder when the JVM ends.");

    /** Settings with this prefix go to the Kafka producer and the serializer, without the prefix. */
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

    /** Returns the default; empty if the setting is required or has none. */
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
