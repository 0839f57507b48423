package io.foundling.topology.store;

import io.foundling.schemas.GeneratedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Bytes of a stored record: one version byte, then Avro binary in the schema of that version. Not thread-safe. */
public final class VersionedCodec<T extends SpecificRecord> {

    private static final byte VERSION = 1;

    private final String name;
    private final SpecificDatumWriter<T> writer;
    private final SpecificDatumReader<T> reader;

    public VersionedCodec(Class<T> type) {
        name = type.getSimpleName();
        SpecificData model = GeneratedClasses.model(type);
        writer = new SpecificDatumWriter<>(model.getSchema(type), model);
        reader = new SpecificDatumReader<>(model.getSchema(type), model.getSchema(type), model);
    }

    public byte[] encode(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        bytes.write(VERSION);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalStateException if the bytes were written by a newer version or are damaged */
    public T decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new IllegalStateException(name + " has version " + (bytes.length == 0 ? "none" : bytes[0])
                    + ", this program reads version " + VERSION + "; run the version that wrote it or a newer one");
        }
        try {
            return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null));
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalStateException(name + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }
}
