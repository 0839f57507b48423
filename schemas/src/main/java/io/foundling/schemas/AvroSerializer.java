package io.foundling.schemas;

import io.foundling.schemas.registry.RegistryClient;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes generated Avro records in the Confluent wire format. The schema is registered (or looked up) under
 * {@code topic-value} or {@code topic-key} when a topic first meets it. Thread-safe, as a producer's serializer must be.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    /** Ids by schema object, which the generated classes never replace, then by topic: no hash of a schema on the way. */
    private volatile Map<Schema, Map<String, Integer>> ids = new IdentityHashMap<>();

    /** One encoder is kept for reuse; a thread that finds it taken makes its own. */
    private final AtomicReference<RecordEncoder> spare = new AtomicReference<>();

    private RegistryClient registry;
    private boolean closesRegistry;
    private boolean autoRegister = true;
    private boolean isKey;

    /** Makes one that must be configured before use; for Kafka, which knows only class names. */
    public AvroSerializer() {}

    /** Makes one for values that is ready for use and leaves the client open. */
    public AvroSerializer(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        AvroConfig config = new AvroConfig(settings);
        this.isKey = isKey;
        autoRegister = config.autoRegisterSchemas();
        if (registry == null) {
            registry = config.registryClient();
            closesRegistry = !config.sharesClient();
        }
    }

    @Override
    public byte[] serialize(String topic, T value) {
        if (value == null) {
            return null;
        }
        int id = id(topic, value.getSchema());
        RecordEncoder encoder = spare.getAndSet(null);
        if (encoder == null) {
            encoder = new RecordEncoder();
        }
        byte[] message = encoder.encode(id, value);
        spare.set(encoder);
        return message;
    }

    @Override
    public void close() {
        if (closesRegistry) {
            registry.close();
        }
    }

    private int id(String topic, Schema schema) {
        Map<String, Integer> byTopic = ids.get(schema);
        Integer known = byTopic == null ? null : byTopic.get(topic);
        return known == null ? ask(topic, schema) : known;
    }

    private int ask(String topic, Schema schema) {
        if (registry == null) {
            throw new SerializationException(
                    "the Avro serializer was not configured, set " + AvroConfig.REGISTRY_URL + " and call configure()");
        }
        String subject = topic + (isKey ? "-key" : "-value");
        Schema portable = PortableSchema.of(schema);
        int id = autoRegister ? registry.register(subject, portable) : registry.idOf(subject, portable);
        remember(topic, schema, id);
        return id;
    }

    private synchronized void remember(String topic, Schema schema, int id) {
        Map<Schema, Map<String, Integer>> copy = new IdentityHashMap<>(ids);
        copy.computeIfAbsent(schema, ignored -> new ConcurrentHashMap<>()).put(topic, id);
        ids = copy;
    }
}
