package io.foundling.client.internal.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The layout of a frame: magic, payload length, checksum (4 bytes each, big endian), payload. The checksum includes the
 * position of the frame, so that a copy of a frame inside a payload is not mistaken for one. One thread: it reuses its
 * buffers.
 */
final class FrameFormat {

    /** Negative, so that a repeated magic cannot be read as a length. */
    static final int MAGIC = 0xF0_5B_00_1D;

    static final int LENGTH_AT = 4;
    static final int CHECKSUM_AT = 8;
    static final int PAYLOAD_AT = 12;
    static final int MAX_PAYLOAD_BYTES = 64 << 20;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer place = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES);

    static int bytesOf(int payloadBytes) {
        return PAYLOAD_AT + payloadBytes;
    }

    static boolean isSane(int payloadBytes) {
        return payloadBytes >= 0 && payloadBytes <= MAX_PAYLOAD_BYTES;
    }

    int checksum(long segment, long offset, byte[] bytes, int payloadAt, int payloadBytes) {
        place.clear().putLong(segment).putLong(offset).putInt(payloadBytes).flip();
        crc.reset();
        crc.update(place);
        crc.update(bytes, payloadAt, payloadBytes);
        return (int) crc.getValue();
    }
}
