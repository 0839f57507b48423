package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * The header of a segment: magic (4 bytes), format version (1), length of the description (4), description, CRC32C of
 * all of that (4).
 *
 * @param description how to read the payloads; not interpreted here
 */
record SegmentHeader(byte[] description) {

    static final int MAX_DESCRIPTION_BYTES = 1 << 20;

    private static final int MAGIC = 0xF0_5B_5E_60;
    private static final byte VERSION = 1;
    private static final int DESCRIPTION_AT = 9;
    private static final int CHECKSUM_BYTES = 4;

    SegmentHeader {
        if (description.length > MAX_DESCRIPTION_BYTES) {
            throw new IllegalArgumentException("the description of a spool has " + description.length
                    + " bytes, expected at most " + MAX_DESCRIPTION_BYTES);
        }
    }

    int bytes() {
        return DESCRIPTION_AT + description.length + CHECKSUM_BYTES;
    }

    ByteBuffer encoded() {
        ByteBuffer header = ByteBuffer.allocate(bytes())
                .putInt(MAGIC)
                .put(VERSION)
                .putInt(description.length)
                .put(description);
        return header.putInt(checksum(header)).flip();
    }

    /** Whether the file begins like a segment. */
    static boolean hasMagic(Path file) throws IOException {
        return Magic.of(file).equals(OptionalInt.of(MAGIC));
    }

    /** Returns the header of a segment file; empty if the file does not begin with an intact one. */
    static Optional<SegmentHeader> read(FileChannel file) throws IOException {
        ByteBuffer beginning = read(file, DESCRIPTION_AT);
        if (beginning.remaining() < DESCRIPTION_AT
                || beginning.getInt() != MAGIC
                || beginning.get() != VERSION
                || !isSane(beginning.getInt(beginning.position()))) {
            return Optional.empty();
        }
        int length = beginning.getInt();
        ByteBuffer whole = read(file, DESCRIPTION_AT + length + CHECKSUM_BYTES);
        return whole.limit() < whole.capacity() ? Optional.empty() : decode(whole, length);
    }

    private static Optional<SegmentHeader> decode(ByteBuffer whole, int length) {
        byte[] description = new byte[length];
        whole.position(DESCRIPTION_AT).get(description);
        return whole.getInt(whole.position()) == checksum(whole)
                ? Optional.of(new SegmentHeader(description))
                : Optional.empty();
    }

    private static boolean isSane(int length) {
        return length >= 0 && length <= MAX_DESCRIPTION_BYTES;
    }

    /** Returns the checksum of the bytes before the buffer's position. */
    private static int checksum(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, header.position());
        return (int) crc.getValue();
    }

    private static ByteBuffer read(FileChannel file, int bytes) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(bytes);
        while (read.hasRemaining() && file.read(read, read.position()) > 0) {
            // Reads until the header is complete or the file ends.
        }
        return read.flip();
    }
}
