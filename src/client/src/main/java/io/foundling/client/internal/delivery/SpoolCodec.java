package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.GeneratedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Encodes and decodes the events of the spool: a number in eight bytes, then Avro. Each segment contains the schema
 * with which its events were written, so that a later version of the service can read them. One thread may write and
 * one other may read.
 */
final class SpoolCodec {

    private static final int NUMBER_BYTES = Long.BYTES;
    private static final String TOPIC = "foundling.topic";

    private final SpecificData model = GeneratedClasses.model(AuditEvent.class);
    private final DatumWriter<AuditEvent> writer = new SpecificDatumWriter<>(AuditEvent.getClassSchema(), model);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private BinaryEncoder encoder;
    private byte[] readerDescription = new byte[0];
    private DatumReader<AuditEvent> reader;
    private BinaryDecoder decoder;

    /**
     * Returns the schema of the events that this version writes, for {@link #event}, and the topic to which they go.
     * The topic is a property of the schema, which versions that do not know it ignore.
     */
    static byte[] description(String topic) {
        Schema described = new Schema.Parser().parse(AuditEvent.getClassSchema().toString());
        described.addProp(TOPIC, topic);
        return described.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the topic in a description; empty if an older version wrote it or if it is no schema. */
    static Optional<String> topic(byte[] description) {
        try {
            return Optional.ofNullable(schema(description).getProp(TOPIC));
        } catch (RuntimeException noSchema) {
            return Optional.empty();
        }
    }

    /** Whether every event of the description's schema can be read as an event of this version. */
    static boolean isReadable(byte[] description) {
        try {
            return SchemaCompatibility.checkReaderWriterCompatibility(AuditEvent.getClassSchema(), schema(description))
                            .getType()
                    == SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
        } catch (RuntimeException noSchema) {
            return false;
        }
    }

    /** @throws SerializationException if the event does not follow its schema */
    byte[] payload(long number, AuditEvent event) {
        bytes.reset();
        bytes.writeBytes(ByteBuffer.allocate(NUMBER_BYTES).putLong(number).array());
        try {
            encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
            writer.write(event, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException invalid) {
            encoder = null;
            throw new SerializationException("AuditEvent does not follow its schema: " + invalid.getMessage(), invalid);
        } catch (Error unexpected) {
            encoder = null;
            throw unexpected;
        }
        return bytes.toByteArray();
    }

    static long number(byte[] payload) {
        return payload.length < NUMBER_BYTES
                ? 0
                : ByteBuffer.wrap(payload, 0, NUMBER_BYTES).getLong();
    }

    /** @throws SerializationException if the bytes are not an event of the schema in the description */
    AuditEvent event(byte[] payload, byte[] description) {
        try {
            if (description != readerDescription) {
                reader = new SpecificDatumReader<>(schema(description), AuditEvent.getClassSchema(), model);
                readerDescription = description;
            }
            decoder = DecoderFactory.get().binaryDecoder(payload, NUMBER_BYTES, payload.length - NUMBER_BYTES, decoder);
            return reader.read(null, decoder);
        } catch (IOException | RuntimeException unreadable) {
            readerDescription = new byte[0];
            throw new SerializationException("an event in the spool cannot be read: " + unreadable);
        }
    }

    private static Schema schema(byte[] description) {
        return new Schema.Parser().parse(new String(description, StandardCharsets.UTF_8));
    }
}
