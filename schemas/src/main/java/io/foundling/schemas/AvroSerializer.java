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
 * Writes generated Avro records in the Confluent wire format. A schema is registered, or looked up, before its first
 * record in a topic; by default under {@code topic-value} or {@code topic-key}. That call may wait for the registry;
 * later ones do not. Thread-safe.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    /** By identity of the schema object, then by topic, because hashing a schema is expensive. */
    private volatile Map<Schema, Map<String, WriterSchema>> known = new IdentityHashMap<>();

    /** One encoder is kept for reuse; a thread makes a new one while another thread uses it. */
    private final AtomicReference<RecordEncoder> spare = new AtomicReference<>();

    private RegistryClient registry;
    private boolean closesRegistry;
    private WriterSchemas schemas;

    /** For Kafka, which makes it by class name and then calls {@code configure}. */
    public AvroSerializer() {}

    /** Makes a serializer of values; it is ready for use and does not close the client. */
    public AvroSerializer(RegistryClient registry) {
        this.registry = registry;
        schemas = WriterSchemas.registering(registry);
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        AvroConfig config = new AvroConfig(settings);
        config.refuseUnknown();
        if (registry == null) {
            registry = config.registryClient();
            closesRegistry = !config.sharesClient();
        }
        schemas = new WriterSchemas(config, registry, isKey);
    }

    @Override
    public byte[] serialize(String topic, T value) {
        if (value == null) {
            return null;
        }
        WriterSchema schema = schema(topic, value.getSchema());
        RecordEncoder encoder = spare.getAndSet(null);
        if (encoder == null) {
            encoder = new RecordEncoder();
        }
        byte[] message = encoder.encode(schema, value);
        spare.set(encoder);
        return message;
    }

    @Override
    public void close() {
        if (closesRegistry) {
            registry.close();
        }
    }

    private WriterSchema schema(String topic, Schema schema) {
        Map<String, WriterSchema> byTopic = known.get(schema);
        WriterSchema found = byTopic == null ? null : byTopic.get(topic);
        return found == null ? ask(topic, schema) : found;
    }

    private WriterSchema ask(String topic, Schema schema) {
        if (schemas == null) {
            throw new SerializationException(
                    "the Avro serializer was not configured, set " + AvroConfig.REGISTRY_URL + " and call configure()");
        }
        WriterSchema found = schemas.identify(topic, schema);
        remember(topic, schema, found);
        return found;
    }

    private synchronized void remember(String topic, Schema schema, WriterSchema found) {
        Map<Schema, Map<String, WriterSchema>> copy = new IdentityHashMap<>(known);
        copy.computeIfAbsent(schema, ignored -> new ConcurrentHashMap<>()).put(topic, found);
        known = copy;
    }
}
