package io.foundling.service.replay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Lines of a file or stream as bytes, plain or gzip by the first two bytes; a byte order mark at the start is left out.
 */
public final class InputLines implements AutoCloseable {

    /** Longer lines are cut just beyond this, so that they are reported as bad instead of exhausting the memory. */
    static final int LONGEST_LINE_IN_BYTES = 4 * 1024 * 1024;

    private static final int BUFFER_IN_BYTES = 64 * 1024;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream in;
    private boolean first = true;

    private InputLines(InputStream in) {
        this.in = in;
    }

    /** Opens a file. */
    public static InputLines open(Path file) throws IOException {
        return of(Files.newInputStream(file));
    }

    /** Reads a stream, which is closed with these lines. */
    public static InputLines of(InputStream stream) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stream, BUFFER_IN_BYTES);
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return new InputLines(
                gzip ? new BufferedInputStream(new GZIPInputStream(in, BUFFER_IN_BYTES), BUFFER_IN_BYTES) : in);
    }

    /**
     * Returns the next line without its end; empty at the end of the input.
     *
     * @throws IOException if the input cannot be read further, for example because gzip data is cut short
     */
    public Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        while (read >= 0 && read != '\n') {
            if (line.size() <= LONGEST_LINE_IN_BYTES) {
                line.write(read);
            }
            read = in.read();
        }
        return Optional.of(trimmed(line.toByteArray()));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte[] trimmed(byte[] line) {
        int from = first && Arrays.mismatch(line, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length
                        || first && Arrays.equals(line, BYTE_ORDER_MARK)
                ? BYTE_ORDER_MARK.length
                : 0;
        first = false;
        int to = line.length > from && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        return Arrays.copyOfRange(line, from, to);
    }
}
