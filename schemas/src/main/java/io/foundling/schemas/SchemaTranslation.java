package io.foundling.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes a message anew with another schema, as a reader that has that schema would understand it. Costs three times the
 * encoding; only {@code use.latest.version} needs it, and only while the newest schema is not the record's own.
 */
final class SchemaTranslation {

    private final Schema own;
    private final Schema target;

    SchemaTranslation(Schema own, Schema target) {
        this.own = own;
        this.target = target;
    }

    byte[] translate(byte[] message) throws IOException {
        int length = message.length - WireFormat.HEADER_BYTES;
        Object value = new GenericDatumReader<>(own, target)
                .read(null, DecoderFactory.get().binaryDecoder(message, WireFormat.HEADER_BYTES, length, null));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.length + 64);
        bytes.write(message, 0, WireFormat.HEADER_BYTES);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(target).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
