package io.foundling.schemas;

import io.foundling.schemas.registry.RegistryClient;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads Avro records of any schema from the Confluent wire format, as they were written: no class and no other schema has
 * a part in it. The values of logical types stay what Avro writes for them. It does not close the client. Not
 * thread-safe.
 *
 * <p>An {@link UnreadableMessageException} means that the message is bad; after a {@code RegistryUnavailableException}
 * the same message can be read later.
 */
public final class GenericAvroDeserializer implements Deserializer<GenericRecord> {

    private final RegistryClient registry;
    private final Map<SchemaId, GenericDatumReader<Object>> readers = new HashMap<>();
    private final MessageBody body = new MessageBody();

    public GenericAvroDeserializer(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public GenericRecord deserialize(String topic, byte[] message) {
        return deserialize(topic, null, message);
    }

    @Override
    public GenericRecord deserialize(String topic, Headers headers, byte[] message) {
        if (message == null) {
            return null;
        }
        SchemaId inHeader = SchemaId.ofHeader(headers, WireFormat.VALUE_ID_HEADER);
        SchemaId id = inHeader == null ? SchemaId.ofPrefix(message) : inHeader;
        GenericDatumReader<Object> reader = readers.get(id);
        if (reader == null) {
            Schema writer = id.writer(registry);
            reader = new GenericDatumReader<>(writer, writer);
            readers.put(id, reader);
        }
        Object value = body.read(reader, id, message, inHeader == null ? WireFormat.HEADER_BYTES : 0);
        if (value instanceof GenericRecord record) {
            return record;
        }
        throw new UnreadableMessageException(
                UnreadableMessageException.Reason.WRONG_SCHEMA,
                "message was written with a schema of type "
                        + reader.getSchema().getType() + " (" + id + "), expected a record");
    }
}
