package io.foundling.topology.store;

import io.foundling.schemas.GeneratedClasses;
import io.foundling.topology.store.stored.StoredSubject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Bytes of stored subjects: one version byte, then Avro binary in the schema of that version. The newest version is the
 * schema of {@code subject-state.avdl}; older ones are kept as {@code stored/subject-vN.avsc} and resolved. Not
 * thread-safe.
 */
public final class SubjectCodec {

    static final byte VERSION = 3;

    private static final byte MEMBERS_SINCE = 2;
    private static final byte ORPHANS_SINCE = 3;

    private static final Schema NEWEST = StoredSubject.getClassSchema();

    private final SpecificData model = GeneratedClasses.model(StoredSubject.class);
    private final SpecificDatumWriter<StoredSubject> writer = new SpecificDatumWriter<>(NEWEST, model);
    /** By version, from 1. */
    private final List<SpecificDatumReader<StoredSubject>> readers =
            List.of(reader(schema(1)), reader(schema(2)), reader(NEWEST));

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;

    /** Returns the bytes of an entry. */
    public byte[] encode(LedgerEntry entry) {
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
     * @throws NewerFormException if a newer build wrote them
     * @throws IllegalStateException if they are damaged
     */
    public LedgerEntry decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] < 1 || bytes[0] > VERSION) {
            throw NewerFormException.unknown("StoredSubject", bytes, VERSION);
        }
        decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder);
        try {
            LedgerEntry entry = StoredForm.entry(readers.get(bytes[0] - 1).read(null, decoder));
            if (!decoder.isEnd()) {
                throw new IllegalStateException("more bytes follow its end");
            }
            return new LedgerEntry(
                    entry.state(),
                    entry.indexedAtMs(),
                    bytes[0] >= MEMBERS_SINCE,
                    bytes[0] >= ORPHANS_SINCE && entry.isOrphan(),
                    entry.isUnwatched());
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalStateException("stored subject cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    private SpecificDatumReader<StoredSubject> reader(Schema written) {
        return new SpecificDatumReader<>(written, NEWEST, model);
    }

    private static Schema schema(int version) {
        String resource = "/stored/subject-v" + version + ".avsc";
        try (InputStream written = SubjectCodec.class.getResourceAsStream(resource)) {
            return new Schema.Parser().parse(written);
        } catch (IOException broken) {
            throw new UncheckedIOException(resource + " cannot be read", broken);
        }
    }
}
