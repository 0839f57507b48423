package io.foundling.topology.store;

import io.foundling.schemas.GeneratedClasses;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.store.compact.CompactReader;
import io.foundling.topology.store.compact.CompactWriter;
import io.foundling.topology.store.compact.DispositionForm;
import io.foundling.topology.store.stored.StoredSubject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Bytes of stored subjects: one version byte, then what {@link DispositionForm} writes; its form says where it differs
 * from version 4. Versions 1 to 3 are Avro binary: 3 in the schema of {@code subject-state.avdl}, 1 and 2 in those of
 * {@code stored/subject-vN.avsc}. Not thread-safe.
 */
public final class SubjectCodec {

    static final byte VERSION = 5;

    private static final byte MEMBERS_SINCE = 2;
    private static final byte ORPHANS_SINCE = 3;
    private static final byte LAST_OF_AVRO = 3;

    private static final Schema AVRO = StoredSubject.getClassSchema();

    private final SpecificData model = GeneratedClasses.model(StoredSubject.class);
    /** By version, from 1. */
    private final List<SpecificDatumReader<StoredSubject>> readers =
            List.of(reader(schema(1)), reader(schema(2)), reader(AVRO));

    private final CompactWriter out = new CompactWriter();
    private final CompactReader in = new CompactReader();

    /** Returns the bytes of an entry. */
    public byte[] encode(LedgerEntry entry) {
        try {
            out.begin(VERSION, entry.state().newestAppendedAtMs());
            out.time(entry.indexedAtMs());
            DispositionForm.write(entry.state(), out);
            out.number(entry.isUnwatched() ? 1 : 0);
            return out.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
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
        try {
            return bytes[0] <= LAST_OF_AVRO ? decodeAvro(bytes) : decodeCompact(bytes);
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalStateException("stored subject cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    /**
     * Returns {@link LedgerEntry#indexedAtMs} of the entry that bytes hold. Of a compact one only the beginning is decoded,
     * and damage behind it is not seen.
     */
    long indexedAtMs(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] <= LAST_OF_AVRO || bytes[0] > VERSION) {
            return decode(bytes).indexedAtMs();
        }
        try {
            in.begin(bytes);
            return in.time();
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalStateException("stored subject cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    private LedgerEntry decodeCompact(byte[] bytes) throws IOException {
        long newestAppendedAtMs = in.begin(bytes);
        long indexedAtMs = in.time();
        Disposition state = DispositionForm.read(newestAppendedAtMs, in);
        boolean isUnwatched = in.number() != 0;
        in.end();
        return new LedgerEntry(state, indexedAtMs, true, state.isOrphan(), isUnwatched);
    }

    private LedgerEntry decodeAvro(byte[] bytes) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null);
        LedgerEntry entry = AvroForm.entry(readers.get(bytes[0] - 1).read(null, decoder));
        if (!decoder.isEnd()) {
            throw new IllegalStateException("more bytes follow its end");
        }
        return new LedgerEntry(
                entry.state(),
                entry.indexedAtMs(),
                bytes[0] >= MEMBERS_SINCE,
                bytes[0] >= ORPHANS_SINCE && entry.isOrphan(),
                entry.isUnwatched());
    }

    private SpecificDatumReader<StoredSubject> reader(Schema written) {
        return new SpecificDatumReader<>(written, AVRO, model);
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
