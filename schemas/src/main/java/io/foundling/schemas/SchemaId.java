package io.foundling.schemas;

import io.foundling.schemas.UnreadableMessageException.Reason;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.schemas.registry.UnusableSchemaException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What a message names its schema by: the number in one registry, or a GUID, which all registries derive from the
 * schema in the same way.
 *
 * @param guid null for a schema that is named by its number
 */
record SchemaId(int number, UUID guid) {

    private static final byte GUID_FOLLOWS = 1;
    private static final int GUID_BYTES = 17;

    /** Returns the id with which a message begins, before its value. */
    static SchemaId ofPrefix(byte[] message) {
        if (message.length < WireFormat.HEADER_BYTES) {
            throw new UnreadableMessageException(
                    Reason.NOT_AVRO_MESSAGE,
                    "message has " + message.length + " bytes, must begin with a zero byte and a 4-byte schema id");
        }
        if (message[0] != WireFormat.MAGIC) {
            throw new UnreadableMessageException(
                    Reason.NOT_AVRO_MESSAGE,
                    "message begins with byte " + message[0] + ", must begin with a zero byte and a 4-byte schema id");
        }
        return numbered(ByteBuffer.wrap(message).getInt(1));
    }

    /** Returns the id in a header of Confluent's serializers since their version 8; null if there is none. */
    static SchemaId ofHeader(Headers headers, String name) {
        Header header = headers == null ? null : headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(header.value());
        if (bytes.capacity() == WireFormat.HEADER_BYTES && bytes.get(0) == WireFormat.MAGIC) {
            return numbered(bytes.getInt(1));
        }
        if (bytes.capacity() == GUID_BYTES && bytes.get(0) == GUID_FOLLOWS) {
            return new SchemaId(0, new UUID(bytes.getLong(1), bytes.getLong(1 + Long.BYTES)));
        }
        throw new UnreadableMessageException(
                Reason.NOT_AVRO_MESSAGE,
                "header " + name + " has " + bytes.capacity() + " bytes"
                        + (bytes.capacity() == 0 ? "" : " and begins with byte " + bytes.get(0))
                        + ", must have a zero byte and a 4-byte schema id, or a byte 1 and a 16-byte schema GUID");
    }

    /**
     * Returns the schema with which a message was written.
     *
     * @throws UnreadableMessageException if the registry denies it, or has something else under this id
     */
    Schema writer(RegistryClient registry) {
        try {
            return schema(registry)
                    .orElseThrow(() -> new UnreadableMessageException(
                            Reason.UNKNOWN_SCHEMA_ID, "message names " + this + ", which the registry denies"));
        } catch (UnusableSchemaException unusable) {
            throw new UnreadableMessageException(Reason.WRONG_SCHEMA, unusable.getMessage(), unusable);
        }
    }

    Optional<Schema> schema(RegistryClient registry) {
        return guid == null ? registry.schemaById(number) : registry.schemaByGuid(guid);
    }

    @Override
    public String toString() {
        return guid == null ? "schema id " + number : "schema GUID " + guid;
    }

    private static SchemaId numbered(int number) {
        if (number <= 0) {
            throw new UnreadableMessageException(
                    Reason.UNKNOWN_SCHEMA_ID, "message names schema id " + number + ", a registry counts from 1");
        }
        return new SchemaId(number, null);
    }
}
