package io.foundling.schemas;

import io.foundling.schemas.UnreadableMessageException.Reason;
import io.foundling.schemas.registry.RegistryClient;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads generated Avro records from the Confluent wire format, with the schema id before the value or in a header. The
 * full name of the writer's schema decides the class, and the value is resolved to the schema of that class, so that
 * events of older and newer writers can be read. It accepts one class, or every {@link Contract}. Not thread-safe.
 *
 * <p>An {@link UnreadableMessageException} means that the message is bad; after a {@code RegistryUnavailableException}
 * the same message can be read later.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private final Map<String, Class<? extends SpecificRecord>> types = new HashMap<>();
    private final Map<SchemaId, SpecificDatumReader<T>> readers = new HashMap<>();
    private final MessageBody body = new MessageBody();
    private RegistryClient registry;
    private boolean closesRegistry;
    private String idHeader = WireFormat.VALUE_ID_HEADER;

    /** For Kafka, which makes it by class name and then calls {@code configure}. */
    public AvroDeserializer() {}

    /** Makes a deserializer for one class; it is ready for use and does not close the client. */
    public AvroDeserializer(RegistryClient registry, Class<T> type) {
        this.registry = registry;
        accept(type);
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        AvroConfig config = new AvroConfig(settings);
        config.refuseUnknown();
        idHeader = isKey ? WireFormat.KEY_ID_HEADER : WireFormat.VALUE_ID_HEADER;
        Class<? extends SpecificRecord> only = config.type(isKey);
        if (only != null) {
            accept(only);
        } else if (types.isEmpty()) {
            Arrays.stream(Contract.values()).map(Contract::type).forEach(this::accept);
        }
        if (registry == null) {
            registry = config.registryClient();
            closesRegistry = !config.sharesClient();
        }
    }

    @Override
    public T deserialize(String topic, byte[] message) {
        return deserialize(topic, null, message);
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] message) {
        if (message == null) {
            return null;
        }
        SchemaId inHeader = SchemaId.ofHeader(headers, idHeader);
        SchemaId id = inHeader == null ? SchemaId.ofPrefix(message) : inHeader;
        SpecificDatumReader<T> reader = readers.get(id);
        if (reader == null) {
            reader = reader(id);
            readers.put(id, reader);
        }
        return body.read(reader, id, message, inHeader == null ? WireFormat.HEADER_BYTES : 0);
    }

    @Override
    public void close() {
        if (closesRegistry) {
            registry.close();
        }
    }

    private void accept(Class<? extends SpecificRecord> type) {
        types.put(SpecificData.get().getSchema(type).getFullName(), type);
    }

    private SpecificDatumReader<T> reader(SchemaId id) {
        Schema writer = writer(id);
        Class<? extends SpecificRecord> type = types.get(writer.getFullName());
        if (type == null) {
            throw new UnreadableMessageException(
                    Reason.WRONG_SCHEMA,
                    "message was written with schema " + writer.getFullName() + " (" + id + "), expected "
                            + types.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        try {
            Schema reader = ReaderSchema.of(writer, SpecificData.get().getSchema(type));
            return new SpecificDatumReader<>(writer, reader, GeneratedClasses.model(type));
        } catch (AvroRuntimeException contradictory) {
            throw new UnreadableMessageException(
                    Reason.WRONG_SCHEMA,
                    id + " cannot be resolved to " + type.getName() + ": " + contradictory.getMessage(),
                    contradictory);
        }
    }

    private Schema writer(SchemaId id) {
        if (registry == null) {
            throw new SerializationException("the Avro deserializer was not configured, set " + AvroConfig.REGISTRY_URL
                    + " and call configure()");
        }
        return id.writer(registry);
    }
}
