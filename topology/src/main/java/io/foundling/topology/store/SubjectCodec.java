package io.foundling.topology.store;

import io.foundling.topology.store.stored.StoredSubject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Bytes of stored subjects: one version byte, then Avro binary in the schema of that version. Version 1 is the schema of
 * {@code subject-state.avdl}; the next version keeps the older schema beside it and resolves from that. Not thread-safe.
 */
public final class SubjectCodec {

    static final byte VERSION = 1;

    private final SpecificDatumWriter<StoredSubject> writer = new SpecificDatumWriter<>(StoredSubject.class);
    private final SpecificDatumReader<StoredSubject> reader = new SpecificDatumReader<>(StoredSubject.class);
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;

    /** Returns the bytes of an entry. */
    public byte[] encode(Entry entry) {
        buffer.reset();
        buffer.write(VERSION);
        encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
        try {
            writer.write(StoredForm.of(entry), encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return buffer.toByteArray();
    }

    /**
     * Returns the entry that bytes hold.
     *
     * @throws IllegalStateException if they were written by a newer version or are damaged
     */
    public Entry decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new IllegalStateException("stored subject has version " + (bytes.length == 0 ? "none" : bytes[0])
                    + ", this program reads version " + VERSION + "; run the version that wrote it or a newer one");
        }
        decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder);
        try {
            return StoredForm.entry(reader.read(null, decoder));
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalStateException("stored subject cannot be read: " + damaged.getMessage(), damaged);
        }
    }
}
