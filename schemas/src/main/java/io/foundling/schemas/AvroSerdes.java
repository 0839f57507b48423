package io.foundling.schemas;

import io.foundling.schemas.registry.RegistryClient;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes serdes of the class that the configuration names, ours if it names none, so that a deployment can bring
 * Confluent's. One registry client can be shared by all of them under {@link AvroConfig#REGISTRY_CLIENT}.
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
     * Checks settings without asking anybody.
     *
     * @throws org.apache.kafka.common.config.ConfigException if one is missing or wrong
     */
    public static void check(Map<String, ?> settings) {
        new AvroConfig(settings).check();
    }

    /** Returns a configured serializer of the class {@code avro.serializer.class}. */
    @SuppressWarnings("unchecked")
    public static <T extends SpecificRecord> Serializer<T> serializer(Map<String, ?> settings, boolean isKey) {
        GeneratedClasses.trust();
        Serializer<T> serializer =
                new AvroConfig(settings).getConfiguredInstance(AvroConfig.SERIALIZER_CLASS, Serializer.class);
        serializer.configure(settings, isKey);
        return serializer;
    }

    /** Returns the deserializer of {@link #serde}; of a foreign one, with failures that blame as ours do. */
    public static <T extends SpecificRecord> Deserializer<T> deserializer(Map<String, ?> settings, Class<T> type) {
        Serde<T> serde = serde(settings, type);
        return serde instanceof AvroSerde ? serde.deserializer() : new ForeignDeserializer<>(serde.deserializer());
    }

    /** Returns a configured value serde of the class {@code avro.serde.class} that reads one type. */
    @SuppressWarnings("unchecked")
    public static <T extends SpecificRecord> Serde<T> serde(Map<String, ?> settings, Class<T> type) {
        GeneratedClasses.trust();
        Map<String, Object> typed = new HashMap<>(settings);
        typed.put(AvroConfig.VALUE_TYPE, type);
        Serde<T> serde = new AvroConfig(settings).getConfiguredInstance(AvroConfig.SERDE_CLASS, Serde.class);
        serde.configure(typed, false);
        return serde;
    }
}
