package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes one segment file. A write that fails is taken back completely; if that fails too, the writer is broken. One
 * thread.
 */
final class SegmentWriter implements AutoCloseable {

    /** The most bytes of one write: the JDK keeps a buffer of that size for each thread, outside the heap. */
    private static final int CHUNK_BYTES = 256 << 10;

    private final long number;
    private final Path path;
    private final Channels channels;
    private final FileChannel file;
    private long end;
    private boolean broken;

    private SegmentWriter(long number, Path path, Channels channels) throws IOException {
        this.number = number;
        this.path = path;
        this.channels = channels;
        file = channels.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Begins a segment. If that fails, the file is deleted. */
    static SegmentWriter begin(long number, Path path, SegmentHeader header, Channels channels) throws IOException {
        SegmentWriter writer = new SegmentWriter(number, path, channels);
        try {
            writer.write(header.encoded());
            return writer;
        } catch (IOException failure) {
            writer.file.close();
            Files.deleteIfExists(path);
            throw failure;
        }
    }

    long number() {
        return number;
    }

    Position end() {
        return new Position(number, end);
    }

    boolean isBroken() {
        return broken;
    }

    void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        try {
            writeAll(bytes);
        } catch (IOException failure) {
            takeBack(failure);
            throw failure;
        }
        end += length;
    }

    void force() throws IOException {
        file.force(false);
    }

    /** Closes the file. The incomplete write of a broken writer is cut off, if that is possible by now. */
    @Override
    public void close() throws IOException {
        file.close();
        if (broken) {
            try (FileChannel again = channels.open(path, StandardOpenOption.WRITE)) {
                again.truncate(end);
            }
        }
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        int limit = bytes.limit();
        long at = end;
        while (bytes.position() < limit) {
            bytes.limit(Math.min(limit, bytes.position() + CHUNK_BYTES));
            at += file.write(bytes, at);
        }
    }

    private void takeBack(IOException failure) {
        try {
            file.truncate(end);
        } catch (IOException stuck) {
            failure.addSuppressed(stuck);
            broken = true;
        }
    }
}
