package io.foundling.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Encodes records with buffers and writers that are reused. Not thread-safe; after an exception it must not be used
 * again.
 */
final class RecordEncoder {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final Map<Schema, RecordWriter> writers = new IdentityHashMap<>();
    private final byte[] head = new byte[5];
    private BinaryEncoder binary;

    byte[] encode(WriterSchema schema, SpecificRecord value) {
        int id = schema.id();
        head[0] = WireFormat.MAGIC;
        head[1] = (byte) (id >>> 24);
        head[2] = (byte) (id >>> 16);
        head[3] = (byte) (id >>> 8);
        head[4] = (byte) id;
        bytes.reset();
        bytes.write(head, 0, head.length);
        try {
            binary = EncoderFactory.get().binaryEncoder(bytes, binary);
            writer(value).write(value, binary);
            binary.flush();
            return schema.translation().isEmpty()
                    ? bytes.toByteArray()
                    : schema.translation().get().translate(bytes.toByteArray());
        } catch (IOException | RuntimeException invalid) {
            throw new SerializationException(
                    value.getSchema().getName() + " does not follow its schema: " + invalid.getMessage(), invalid);
        }
    }

    private RecordWriter writer(SpecificRecord value) {
        RecordWriter known = writers.get(value.getSchema());
        if (known == null) {
            known = new RecordWriter(value.getSchema(), SpecificData.getForClass(value.getClass()));
            writers.put(value.getSchema(), known);
        }
        return known;
    }
}
