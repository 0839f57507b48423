package io.foundling.topology.store.compact;

import io.foundling.topology.lifecycle.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes the parts of a subject: numbers as Avro does, times as their distance from one of them, and a text that occurs
 * again as a number. {@link CompactReader} reads them back. Not thread-safe.
 */
public final class CompactWriter {

    /** In place of a distance: {@link Times#NEVER}, the smallest long, or a time that is written in full. */
    static final int NEVER = 0;

    static final int UNSET = 1;
    static final int IN_FULL = 2;
    static final int DISTANCES = 3;

    /** Longer distances are written in full, so that none of them meets the codes above. */
    static final long MAX_DISTANCE_MS = 1L << 60;

    /** In place of a text that occurred before: none, or one that follows. */
    static final int EMPTY = 0;

    static final int NEW = 1;
    static final int FORMER = 2;

    /** So many texts are compared with a new one. */
    static final int MAX_TEXTS = 32;

    /** Of a version 7 id, the first 48 bits are its time. */
    static final int TIME_BYTES = 6;

    static final int TIME_SHIFT = Long.SIZE - TIME_BYTES * Byte.SIZE;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final List<String> texts = new ArrayList<>(MAX_TEXTS);
    private final byte[] id = new byte[2 * Long.BYTES];
    private BinaryEncoder encoder;
    private long baseMs;

    /** Begins with the version, and the time from which all others are measured. */
    public void begin(byte version, long firstMs) throws IOException {
        // First: it flushes what is left of a form that could not be written.
        encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
        bytes.reset();
        texts.clear();
        bytes.write(version);
        baseMs = firstMs;
        encoder.writeLong(firstMs);
    }

    /** Returns everything that was written. */
    public byte[] end() throws IOException {
        encoder.flush();
        return bytes.toByteArray();
    }

    /** Writes a number. Those near 0 are shorter. */
    public void number(long number) throws IOException {
        encoder.writeLong(number);
    }

    /** Writes a constant as its code. */
    <E extends Enum<E>> void constant(Codes<E> codes, E constant) throws IOException {
        encoder.writeInt(codes.of(constant));
    }

    /** Writes constants as the bits of their codes. */
    <E extends Enum<E>> void constants(Codes<E> codes, Set<E> constants) throws IOException {
        long bits = 0;
        for (E each : constants) {
            bits |= 1L << codes.of(each);
        }
        encoder.writeLong(bits);
    }

    /** Writes a moment. */
    public void time(long timeMs) throws IOException {
        long distanceMs = timeMs - baseMs;
        if (timeMs == Times.NEVER) {
            encoder.writeLong(NEVER);
        } else if (timeMs == Long.MIN_VALUE) {
            encoder.writeLong(UNSET);
        } else if (distanceMs < -MAX_DISTANCE_MS || distanceMs > MAX_DISTANCE_MS) {
            encoder.writeLong(IN_FULL);
            encoder.writeLong(timeMs);
        } else {
            encoder.writeLong(distanceMs < 0 ? distanceMs : distanceMs + DISTANCES);
        }
    }

    /** Writes a text. */
    void text(String text) throws IOException {
        if (text.isEmpty()) {
            encoder.writeInt(EMPTY);
            return;
        }
        int former = texts.indexOf(text);
        if (former >= 0) {
            encoder.writeInt(FORMER + former);
            return;
        }
        encoder.writeInt(NEW);
        encoder.writeString(text);
        if (texts.size() < MAX_TEXTS) {
            texts.add(text);
        }
    }

    /** Writes the 16 bytes of an id. */
    void id(UUID written) throws IOException {
        wrap(written);
        encoder.writeFixed(id);
    }

    /** Writes an id that begins with a time (RFC 9562, version 7), its time as the distance from another. */
    void timedId(UUID written, long nearMs) throws IOException {
        wrap(written);
        encoder.writeLong((written.getMostSignificantBits() >>> TIME_SHIFT) - nearMs);
        encoder.writeFixed(id, TIME_BYTES, id.length - TIME_BYTES);
    }

    private void wrap(UUID written) {
        ByteBuffer.wrap(id).putLong(written.getMostSignificantBits()).putLong(written.getLeastSignificantBits());
    }
}
