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
    private BinaryEncoder binary;

    byte[] encode(WriterSchema schema, SpecificRecord value) {
        int id = schema.id();
        bytes.reset();
        bytes.write(WireFormat.MAGIC);
        bytes.write(id >>> 24);
        bytes.write(id >>> 16);
        bytes.write(id >>> 8);
        bytes.write(id);
        try {
            binary = EncoderFactory.get().binaryEncoder(bytes, binary);
            writers.computeIfAbsent(
                            value.getSchema(), own -> new RecordWriter(own, SpecificData.getForClass(value.getClass())))
                    .write(value, binary);
            binary.flush();
            return schema.translation().isEmpty()
                    ? bytes.toByteArray()
                    : schema.translation().get().translate(bytes.toByteArray());
        } catch (IOException | RuntimeException invalid) {
            throw new SerializationException(
                    value.getSchema().getName() + " does not follow its schema: " + invalid.getMessage(), invalid);
        }
    }
}
