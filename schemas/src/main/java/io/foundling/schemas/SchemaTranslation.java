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
 * Rewrites a message with another schema, as a reader with that schema would understand it. Costs three times as much
 * as encoding; needed only for {@code use.latest.version} while the newest schema differs from the record's own.
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
