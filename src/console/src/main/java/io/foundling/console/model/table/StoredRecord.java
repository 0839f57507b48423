package io.foundling.console.model.table;

import io.foundling.schemas.GeneratedClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A whole record in a column, in Avro's single-object encoding: the bytes begin with the fingerprint of the schema, so
 * that no registry is needed to read them. Any thread.
 */
public final class StoredRecord<T extends SpecificRecord> {

    private final Schema schema;
    private final BinaryMessageEncoder<T> encoder;

    StoredRecord(Class<T> type) {
        SpecificData data = GeneratedClasses.model(type);
        schema = data.getSchema(type);
        encoder = new BinaryMessageEncoder<>(data, schema);
    }

    /** Returns the schema with which this version writes. */
    public Schema schema() {
        return schema;
    }

    /** Returns what the bytes name the schema by. */
    public long fingerprint() {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    byte[] bytes(T record) {
        try {
            ByteBuffer encoded = encoder.encode(record);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
