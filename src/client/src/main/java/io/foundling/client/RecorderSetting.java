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
    CLOSE_TIMEOUT_MS("audit.close.timeout.ms", "10000", false, "How long close() without an argument may take.");

    /** Keys with this prefix are given to the Kafka producer and the serializer without it. */
    static final String KAFKA_PREFIX = "audit.kafka.";

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

    /** Returns what holds if nothing is set, empty where something must be. */
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
