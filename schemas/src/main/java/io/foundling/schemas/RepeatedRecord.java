package io.foundling.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes a part that many records in a row share as the same object, such as the producer of events or their parent: it
 * is encoded when it comes a second time, and copied from then on, until one of its values is another one. Only for
 * records that consist of scalars, which do not change. Not thread-safe.
 */
final class RepeatedRecord {

    private final RecordWriter.Part part;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Object[] values;
    private Object last;
    private byte[] encoded;
    private BinaryEncoder encoder;

    RepeatedRecord(RecordWriter.Part part, int fields) {
        this.part = part;
        values = new Object[fields];
    }

    static boolean isMadeOfScalars(Schema schema) {
        return schema.getFields().stream()
                .map(field -> field.schema().getType())
                .noneMatch(type -> switch (type) {
                    case RECORD, ARRAY, MAP, UNION, BYTES, FIXED -> true;
                    default -> false;
                });
    }

    void write(Object value, Encoder out) throws IOException {
        if (value != last || hasChanged((IndexedRecord) value)) {
            remember((IndexedRecord) value);
            part.write(value, out);
            return;
        }
        if (encoded == null) {
            bytes.reset();
            encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
            part.write(value, encoder);
            encoded = bytes.toByteArray();
        }
        out.writeFixed(encoded);
    }

    private boolean hasChanged(IndexedRecord record) {
        for (int i = 0; i < values.length; i++) {
            if (!Objects.equals(values[i], record.get(i))) {
                return true;
            }
        }
        return false;
    }

    private void remember(IndexedRecord record) {
        for (int i = 0; i < values.length; i++) {
            values[i] = record.get(i);
        }
        last = record;
        encoded = null;
    }
}
