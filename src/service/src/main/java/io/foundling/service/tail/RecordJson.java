package io.foundling.service.tail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.PlainJson;
import io.foundling.schemas.registry.RegistryClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Writes a record as one JSON object: topic, partition, offset, timestamp, key, headers and value. For a value that
 * cannot be read, the object has the reason under {@code unreadable} and the first bytes; no record is left out.
 */
public final class RecordJson {

    static final String UNREADABLE = "unreadable";
    static final String HEX = "hex";
    static final String PREVIEW = "preview";
    static final String SIZE = "bytes";

    private static final int SHOWN_BYTES = 200;
    private static final int SCHEMA_ID_ENDS = 5;

    private final RegistryClient registry;
    private final Map<Integer, GenericDatumReader<Object>> readers = new HashMap<>();

    public RecordJson(RegistryClient registry) {
        this.registry = registry;
    }

    /**
     * Returns the record as JSON.
     *
     * @throws io.foundling.schemas.registry.RegistryUnavailableException if the registry did not answer in time
     */
    public ObjectNode of(ConsumerRecord<byte[], byte[]> record, TailTopic topic) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("topic", record.topic());
        json.put("partition", record.partition());
        json.put("offset", record.offset());
        json.put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
        json.put("key", record.key() == null ? null : Bytes.text(record.key()));
        ObjectNode headers = json.putObject("headers");
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? null : Bytes.text(header.value()));
        }
        if (record.value() == null) {
            json.put("tombstone", topic.isCompacted());
            json.set("value", NullNode.instance);
        } else {
            json.set("value", topic.isAvro() ? avro(record.value()) : raw(record.value()));
        }
        return json;
    }

    private JsonNode avro(byte[] message) {
        try {
            return decoded(message);
        } catch (IOException | IllegalArgumentException | AvroRuntimeException damaged) {
            return raw(message).put(UNREADABLE, String.valueOf(damaged.getMessage()));
        }
    }

    private JsonNode decoded(byte[] message) throws IOException {
        if (message.length < SCHEMA_ID_ENDS || message[0] != 0) {
            throw new IllegalArgumentException("does not begin with a zero byte and a schema id");
        }
        int id = ByteBuffer.wrap(message).getInt(1);
        GenericDatumReader<Object> reader = readers.get(id);
        if (reader == null) {
            Optional<Schema> schema = registry.schemaById(id);
            reader = new GenericDatumReader<>(schema.orElseThrow(
                    () -> new IllegalArgumentException("names schema id " + id + ", which the registry denies")));
            readers.put(id, reader);
        }
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(message, SCHEMA_ID_ENDS, message.length - SCHEMA_ID_ENDS, null);
        Object value = reader.read(null, decoder);
        JsonNode json = PlainJson.of(reader.getSchema(), value);
        fact(value).ifPresent(fact -> ((ObjectNode) json).put(EventLine.FACT, fact));
        return json;
    }

    /** JSON does not name the branch of a union, and the body of an event may have no fields. */
    private static Optional<String> fact(Object value) {
        return value instanceof GenericRecord event
                        && event.hasField("body")
                        && event.get("body") instanceof IndexedRecord body
                ? Optional.of(body.getSchema().getName())
                : Optional.empty();
    }

    private static ObjectNode raw(byte[] value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(SIZE, value.length)
                .put(PREVIEW, Bytes.preview(value, SHOWN_BYTES))
                .put(HEX, Bytes.hex(value, SHOWN_BYTES));
    }
}
