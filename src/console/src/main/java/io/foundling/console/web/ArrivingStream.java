package io.foundling.console.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a body as they arrive, up to a number of bytes and until a time. It is below the decompression, which may read
 * for long without giving anything. Each read ends when the client sends nothing for as long as it may be idle.
 */
final class ArrivingStream extends FilterInputStream {

    private final long maxBytes;
    private final long endNanos;
    private long arrived;

    ArrivingStream(InputStream in, long maxBytes, long endNanos) {
        super(in);
        this.maxBytes = maxBytes;
        this.endNanos = endNanos;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** @throws ProblemException if there are too many bytes, or they arrive too slowly */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        arrived += Math.max(0, read);
        if (arrived > maxBytes) {
            throw BodyReader.tooLarge(maxBytes);
        }
        if (System.nanoTime() - endNanos > 0) {
            throw ProblemException.of(408, "The body did not arrive in time").header("Connection", "close");
        }
        return read;
    }
}
