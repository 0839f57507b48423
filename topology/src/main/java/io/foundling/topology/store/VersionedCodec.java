package io.foundling.topology.store;

import io.foundling.schemas.GeneratedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Bytes of a stored record: one version byte, then Avro binary in the schema of that version. The newest version is the
 * schema of the class; older ones are kept as {@code stored/NAME-vN.avsc} and resolved. Not thread-safe.
 */
public final class VersionedCodec<T extends SpecificRecord> {

    private final byte version;
    private final String name;
    private final SpecificDatumWriter<T> writer;
    /** By version, from 1. */
    private final List<SpecificDatumReader<T>> readers = new ArrayList<>();

    /** Makes one for a record of which there has been one version only. */
    public VersionedCodec(Class<T> type) {
        this(type, "", 1);
    }

    /**
     * @param former the first part of the names of the files of older versions
     * @param version the newest
     */
    public VersionedCodec(Class<T> type, String former, int version) {
        this.version = (byte) version;
        name = type.getSimpleName();
        SpecificData model = GeneratedClasses.model(type);
        writer = new SpecificDatumWriter<>(model.getSchema(type), model);
        for (int older = 1; older < version; older++) {
            readers.add(new SpecificDatumReader<>(written(former, older), model.getSchema(type), model));
        }
        readers.add(new SpecificDatumReader<>(model.getSchema(type), model.getSchema(type), model));
    }

    private static Schema written(String name, int version) {
        String resource = "/stored/" + name + "-v" + version + ".avsc";
        try (InputStream written = VersionedCodec.class.getResourceAsStream(resource)) {
            return new Schema.Parser().parse(written);
        } catch (IOException broken) {
            throw new UncheckedIOException(resource + " cannot be read", broken);
        }
    }

    public byte[] encode(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        bytes.write(version);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Returns the record that bytes hold.
     *
     * @throws NewerFormException if a newer build wrote them
     * @throws IllegalStateException if they are damaged
     */
    public T decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] < 1 || bytes[0] > version) {
            throw NewerFormException.unknown(name, bytes, version);
        }
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null);
            T value = readers.get(bytes[0] - 1).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IllegalStateException("more bytes follow its end");
            }
            return value;
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalStateException(name + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }
}
