package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.schemas.UnreadableMessageException.Reason;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Records whose schema is known to their writer and the registry only. */
class GenericAvroDeserializerTest {

    private static final String TOPIC = "shop.outbox";
    private static final Schema ORDER =
            SchemaBuilder.record("shop.Order").fields().requiredString("id").endRecord();

    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final GenericAvroDeserializer deserializer = new GenericAvroDeserializer(registry);
    private final GenericRecord order =
            new GenericRecordBuilder(ORDER).set("id", "o-1").build();

    @Test
    void shouldReadARecordAsItWasWritten() throws IOException {
        // When
        GenericRecord read = deserializer.deserialize(TOPIC, message(ORDER, order));

        // Then
        assertThat(read.get("id")).hasToString("o-1");
        assertThat(deserializer.deserialize(TOPIC, null)).isNull();
    }

    @Test
    void shouldReadTheSchemaIdInAHeader() throws IOException {
        // Given
        byte[] message = message(ORDER, order);
        RecordHeaders headers = new RecordHeaders();
        headers.add(WireFormat.VALUE_ID_HEADER, Arrays.copyOf(message, 5));

        // When
        GenericRecord read = deserializer.deserialize(TOPIC, headers, Arrays.copyOfRange(message, 5, message.length));

        // Then
        assertThat(read.get("id")).hasToString("o-1");
    }

    @Test
    void shouldBlameTheMessage() throws IOException {
        // Given
        byte[] message = message(ORDER, order);

        // Then
        shouldBlame("{}".getBytes(), Reason.NOT_AVRO_MESSAGE);
        shouldBlame(ByteBuffer.allocate(6).putInt(1, 99).array(), Reason.UNKNOWN_SCHEMA_ID);
        shouldBlame(Arrays.copyOf(message, message.length - 1), Reason.UNREADABLE_VALUE);
        shouldBlame(Arrays.copyOf(message, message.length + 1), Reason.UNREADABLE_VALUE);
        shouldBlame(message(Schema.create(Schema.Type.STRING), "text"), Reason.WRONG_SCHEMA);
    }

    private void shouldBlame(byte[] message, Reason reason) {
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, message))
                .isInstanceOf(UnreadableMessageException.class)
                .extracting("reason")
                .isEqualTo(reason);
    }

    private byte[] message(Schema schema, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5)
                .putInt(1, registry.register(TOPIC + "-value-" + schema.getName(), schema))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
