package io.foundling.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Describes a {@link KafkaAuditRecorder} in code. Not thread-safe. */
public final class RecorderBuilder {

    private final Map<String, String> properties = new HashMap<>();

    RecorderBuilder() {}

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

    public RecorderBuilder closeTimeout(Duration timeout) {
        return put(RecorderSetting.CLOSE_TIMEOUT_MS, Long.toString(timeout.toMillis()));
    }

    /** Passes a setting to the Kafka producer and the serializer. */
    public RecorderBuilder kafka(String key, String value) {
        properties.put(RecorderSetting.KAFKA_PREFIX + key, value);
        return this;
    }

    /**
     * Starts the recorder.
     *
     * @throws IllegalArgumentException if something is wrong; the message lists everything that is
     */
    public KafkaAuditRecorder build() {
        return KafkaAuditRecorder.start(settings());
    }

    RecorderSettings settings() {
        return RecorderSettings.fromProperties(properties);
    }

    private RecorderBuilder put(RecorderSetting setting, String value) {
        properties.put(setting.key(), value);
        return this;
    }
}
