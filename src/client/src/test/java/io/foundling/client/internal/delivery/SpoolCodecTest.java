package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.PoisonedSubject;
import io.foundling.client.TestRecorder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kafka-clients")
public class SpoolCodecTest {

    private static final AuditEvent EVENT = new AuditEvent(
            UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
            new Subject(SubjectKind.RECORD, "university", "declaration", "7"),
            null,
            3,
            TestRecorder.NOW.truncatedTo(ChronoUnit.MILLIS),
            "2026-09",
            Map.of("faculty", "law"),
            new Producer("declarations", "pod-1", "1.2", 5L),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            new Completed("hash", 12L, Map.of("rows", 3L)));

    private final SpoolCodec codec = new SpoolCodec();

    @Test
    void shouldReadWhatItWrites() {
        // When
        byte[] payload = codec.payload(42, EVENT);

        // Then
        assertThat(SpoolCodec.number(payload)).isEqualTo(42);
        assertThat(codec.event(payload, SpoolCodec.description("audit.events"))).isEqualTo(EVENT);
    }

    @Test
    void shouldReadWhatALaterVersionWroteWithFieldsThatThisOneDoesNotKnow() {
        // Given
        Schema later = schema(fields -> {
            ObjectNode added = fields.insertObject(2);
            added.put("name", "tenant").putArray("type").add("null").add("string");
            added.putNull("default");
            fields.addObject().put("name", "priority").put("type", "int").put("default", 0);
        });

        // When
        byte[] payload = written(later, record -> {
            record.put("tenant", "north");
            record.put("priority", 9);
        });

        // Then
        assertThat(codec.event(payload, description(later))).isEqualTo(EVENT);
    }

    @Test
    void shouldReadWhatAnEarlierVersionWroteWithoutFieldsThatHaveADefault() {
        // Given
        Schema earlier = schema(fields -> {
            remove(fields, "traceparent");
            remove(fields, "metadata");
            remove(fields, "attempt");
        });

        // When
        AuditEvent read = codec.event(written(earlier, record -> {}), description(earlier));

        // Then
        assertThat(read.getTraceparent()).isNull();
        assertThat(read.getAttempt()).isNull();
        assertThat(read.getMetadata()).isEmpty();
        assertThat(read.getSubject()).isEqualTo(EVENT.getSubject());
        assertThat(read.getBody()).isEqualTo(EVENT.getBody());
    }

    @Test
    void shouldReadSegmentsOfSeveralVersionsInTurn() {
        // Given
        Schema earlier = schema(fields -> remove(fields, "detail"));
        byte[] earlierDescription = description(earlier);
        byte[] own = SpoolCodec.description("audit.events");

        for (int i = 0; i < 3; i++) {
            // When
            AuditEvent before = codec.event(written(earlier, record -> {}), earlierDescription);
            AuditEvent now = codec.event(codec.payload(i, EVENT), own);

            // Then
            assertThat(before.getDetail()).isNull();
            assertThat(now).isEqualTo(EVENT);
        }
    }

    @Test
    void shouldFindTheTopicInADescriptionUnlessAnEarlierVersionWroteIt() {
        // Given
        byte[] own = SpoolCodec.description("audit.events");
        byte[] earlier = description(AuditEvent.getClassSchema());

        // Then
        assertThat(SpoolCodec.topic(own)).contains("audit.events");
        assertThat(SpoolCodec.topic(earlier)).isEmpty();
        assertThat(SpoolCodec.isReadable(own)).isTrue();
        assertThat(SpoolCodec.isReadable(earlier)).isTrue();
        assertThat(codec.event(codec.payload(1, EVENT), earlier)).isEqualTo(EVENT);
    }

    @Test
    void shouldRefuseWhatIsNoEventAndReadTheNext() {
        // Given
        byte[] own = SpoolCodec.description("audit.events");
        byte[] payload = codec.payload(1, EVENT);

        // Then
        for (byte[] bad : new byte[][] {{}, {1, 2, 3}, Arrays.copyOf(payload, payload.length - 1)}) {
            assertThatThrownBy(() -> codec.event(bad, own)).isInstanceOf(SerializationException.class);
            assertThat(codec.event(payload, own)).isEqualTo(EVENT);
        }
        byte[] foreign = "{\"type\":\"record\"".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> codec.event(payload, foreign)).isInstanceOf(SerializationException.class);
        assertThat(codec.event(payload, own)).isEqualTo(EVENT);
        assertThat(SpoolCodec.number(new byte[3])).isZero();
    }

    @Test
    void shouldWriteTheNextEventWhenOneCannotBeWritten() {
        // Given
        byte[] expected = codec.payload(2, EVENT);
        AuditEvent poisoned = AuditEvent.newBuilder(EVENT).build();
        poisoned.put("subject", new PoisonedSubject());

        // When
        assertThatThrownBy(() -> codec.payload(1, poisoned)).hasMessage("a bug of the service");

        // Then
        assertThat(codec.payload(2, EVENT)).isEqualTo(expected);
    }

    /** Returns an event whose subject says that its source has that many bytes; they are not there. */
    public static byte[] payloadWithLengthOf(int bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = encoder(out);
            encoder.writeFixed(new byte[16]);
            encoder.writeEnum(0);
            encoder.writeLong(bytes);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static Schema schema(Consumer<ArrayNode> change) {
        try {
            ObjectMapper json = new ObjectMapper();
            ObjectNode schema =
                    (ObjectNode) json.readTree(AuditEvent.getClassSchema().toString());
            change.accept((ArrayNode) schema.get("fields"));
            return new Schema.Parser().parse(json.writeValueAsString(schema));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void remove(ArrayNode fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).get("name").asText().equals(name)) {
                fields.remove(i);
                return;
            }
        }
        throw new IllegalArgumentException(name + " is no field");
    }

    private static byte[] description(Schema schema) {
        return schema.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the event as a version with that schema would have written it. */
    private byte[] written(Schema schema, Consumer<GenericRecord> change) {
        byte[] own = codec.payload(1, EVENT);
        try {
            GenericRecord plain = new GenericDatumReader<GenericRecord>(AuditEvent.getClassSchema())
                    .read(null, DecoderFactory.get().binaryDecoder(own, 8, own.length - 8, null));
            GenericRecord record = new GenericData.Record(schema);
            schema.getFields().stream()
                    .filter(field -> plain.hasField(field.name()))
                    .forEach(field -> record.put(field.name(), plain.get(field.name())));
            change.accept(record);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = encoder(out);
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Returns an encoder behind the number of the event. */
    private static BinaryEncoder encoder(ByteArrayOutputStream out) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(1).array());
        return EncoderFactory.get().binaryEncoder(out, null);
    }
}
