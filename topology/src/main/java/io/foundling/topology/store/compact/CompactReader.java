package io.foundling.topology.store.compact;

import io.foundling.topology.lifecycle.Times;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads what {@link CompactWriter} wrote. Damaged bytes may be read as something else, but take no more memory than
 * they have bytes. Not thread-safe.
 */
public final class CompactReader {

    private final List<String> texts = new ArrayList<>(CompactWriter.MAX_TEXTS);
    private final byte[] id = new byte[2 * Long.BYTES];
    private BinaryDecoder decoder;
    private int length;
    private long baseMs;

    /** Begins behind the version, and returns the time from which all others are measured. */
    public long begin(byte[] bytes) throws IOException {
        texts.clear();
        length = bytes.length;
        decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder);
        baseMs = decoder.readLong();
        return baseMs;
    }

    /**
     * Ends.
     *
     * @throws IllegalStateException if something follows
     */
    public void end() throws IOException {
        if (!decoder.isEnd()) {
            throw new IllegalStateException("more bytes follow its end");
        }
    }

    public long number() throws IOException {
        return decoder.readLong();
    }

    int count() throws IOException {
        int count = decoder.readInt();
        if (count < 0 || count > length) {
            throw new IllegalStateException(count + " parts cannot be in " + length + " bytes");
        }
        return count;
    }

    int whole() throws IOException {
        return decoder.readInt();
    }

    <E extends Enum<E>> E constant(Codes<E> codes) throws IOException {
        return codes.constant(decoder.readInt());
    }

    <E extends Enum<E>> Set<E> constants(Codes<E> codes, Class<E> type) throws IOException {
        long bits = decoder.readLong();
        Set<E> constants = EnumSet.noneOf(type);
        for (int code = 0; bits >>> code != 0; code++) {
            if ((bits >>> code & 1) != 0) {
                constants.add(codes.constant(code));
            }
        }
        return constants;
    }

    public long time() throws IOException {
        long code = decoder.readLong();
        if (code == CompactWriter.NEVER) {
            return Times.NEVER;
        } else if (code == CompactWriter.UNSET) {
            return Long.MIN_VALUE;
        } else if (code == CompactWriter.IN_FULL) {
            return decoder.readLong();
        }
        return baseMs + (code < 0 ? code : code - CompactWriter.DISTANCES);
    }

    String text() throws IOException {
        int code = decoder.readInt();
        if (code == CompactWriter.EMPTY) {
            return "";
        } else if (code != CompactWriter.NEW) {
            return texts.get(code - CompactWriter.FORMER);
        }
        String text = decoder.readString();
        if (texts.size() < CompactWriter.MAX_TEXTS) {
            texts.add(text);
        }
        return text;
    }

    UUID id() throws IOException {
        decoder.readFixed(id);
        ByteBuffer halves = ByteBuffer.wrap(id);
        return new UUID(halves.getLong(), halves.getLong());
    }

    UUID timedId(long nearMs) throws IOException {
        long timeMs = decoder.readLong() + nearMs;
        decoder.readFixed(id, CompactWriter.TIME_BYTES, id.length - CompactWriter.TIME_BYTES);
        ByteBuffer halves = ByteBuffer.wrap(id);
        long behindTime = halves.getLong() & (1L << CompactWriter.TIME_SHIFT) - 1;
        return new UUID(timeMs << CompactWriter.TIME_SHIFT | behindTime, halves.getLong());
    }
}
