package io.foundling.schemas;

import io.foundling.schemas.registry.RegistryClient;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes serdes of the classes in the configuration; the default is ours, and a deployment can use Confluent's. All
 * serdes can share one registry client, passed as {@link AvroConfig#REGISTRY_CLIENT}. Any thread.
 */
public final class AvroSerdes {

    private AvroSerdes() {}

    /**
     * Returns a client for {@code schema.registry.url}; the caller closes it.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
     */
    public static RegistryClient registryClient(Map<String, ?> settings) {
        return new AvroConfig(settings).registryClient();
    }

    /**
     * Checks settings without connecting to a registry.
     *
     * @throws org.apache.kafka.common.config.ConfigException if one is missing or wrong
     */
    public static void check(Map<String, ?> settings) {
        new AvroConfig(settings).check();
    }

    /** Returns a configured serializer of the class {@code avro.serializer.class}. */
    @SuppressWarnings("unchecked")
    public static <T extends SpecificRecord> Serializer<T> serializer(Map<String, ?> settings, boolean isKey) {
        Serializer<T> serializer =
                new AvroConfig(settings).getConfiguredInstance(AvroConfig.SERIALIZER_CLASS, Serializer.class);
        serializer.configure(settings, isKey);
        return serializer;
    }

    /**
     * Returns the deserializer of {@link #serde}. A foreign one is wrapped, so that its failures have the same meaning
     * as ours.
     */
    public static <T extends SpecificRecord> Deserializer<T> deserializer(Map<String, ?> settings, Class<T> type) {
        Serde<T> serde = serde(settings, type);
        return serde instanceof AvroSerde ? serde.deserializer() : new ForeignDeserializer<>(serde.deserializer());
    }

    /** Returns a configured value serde of the class {@code avro.serde.class} that reads one type. */
    @SuppressWarnings("unchecked")
    public static <T extends SpecificRecord> Serde<T> serde(Map<String, ?> settings, Class<T> type) {
        Map<String, Object> typed = new HashMap<>(settings);
        typed.put(AvroConfig.VALUE_TYPE, type);
        Serde<T> serde = new AvroConfig(settings).getConfiguredInstance(AvroConfig.SERDE_CLASS, Serde.class);
        serde.configure(typed, false);
        return serde;
    }
}
