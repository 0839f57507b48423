package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the frames of one segment file. Bytes that are not a frame are skipped until the next frame, so that a damaged
 * length loses one frame and not the rest of the file. The file may be shorter than expected and may contain anything.
 * One thread.
 */
final class SegmentReader implements AutoCloseable {

    private static final int NO_FRAME = -1;

    private final long number;
    private final FileChannel file;
    private final Optional<SegmentHeader> header;
    private final SegmentWindow window;
    private final FrameFormat format = new FrameFormat();

    private SegmentReader(long number, FileChannel file, Optional<SegmentHeader> header) {
        this.number = number;
        this.file = file;
        this.header = header;
        window = new SegmentWindow(file);
    }

    static SegmentReader open(SpoolDirectory directory, long number, Channels channels) throws IOException {
        FileChannel file = channels.open(directory.segment(number), StandardOpenOption.READ);
        try {
            return new SegmentReader(number, file, SegmentHeader.read(file));
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
    }

    long number() {
        return number;
    }

    /** Returns the header; empty if it is damaged, and then the frames cannot be decoded. */
    Optional<SegmentHeader> header() {
        return header;
    }

    /**
     * Returns the frame at the offset, or the damage that begins there. A frame ends at the limit, which is beyond the
     * offset.
     */
    SpoolEntry at(long offset, long limit, boolean canBeTorn) throws IOException {
        int length = payloadBytes(offset, limit);
        return length == NO_FRAME ? damage(offset, limit, canBeTorn) : frame(offset, length);
    }

    /** Returns where the first frame at or after the offset begins; the limit if there is none. */
    long firstFrame(long offset, long limit) throws IOException {
        long end = Math.min(limit, file.size());
        for (long at = offset; at < end; at++) {
            if (payloadBytes(at, end) != NO_FRAME) {
                return at;
            }
        }
        return limit;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private SpoolEntry frame(long offset, int length) {
        int at = window.index(offset + FrameFormat.PAYLOAD_AT);
        byte[] payload = Arrays.copyOfRange(window.array(), at, at + length);
        Position end = new Position(number, offset + FrameFormat.bytesOf(length));
        return new SpoolEntry.Frame(payload, header.orElseThrow().description(), end);
    }

    private SpoolEntry damage(long offset, long limit, boolean canBeTorn) throws IOException {
        long end = firstFrame(offset + 1, limit);
        return new SpoolEntry.Damage(new Position(number, end), end - offset, canBeTorn && end == limit);
    }

    private int payloadBytes(long offset, long limit) throws IOException {
        long room = limit - offset - FrameFormat.PAYLOAD_AT;
        if (room < 0
                || !window.cover(offset, FrameFormat.PAYLOAD_AT, limit)
                || window.intAt(offset) != FrameFormat.MAGIC) {
            return NO_FRAME;
        }
        int length = window.intAt(offset + FrameFormat.LENGTH_AT);
        if (!FrameFormat.isSane(length) || length > room) {
            return NO_FRAME;
        }
        return window.cover(offset, FrameFormat.bytesOf(length), limit) && isIntact(offset, length) ? length : NO_FRAME;
    }

    private boolean isIntact(long offset, int length) {
        int payloadAt = window.index(offset + FrameFormat.PAYLOAD_AT);
        return window.intAt(offset + FrameFormat.CHECKSUM_AT)
                == format.checksum(number, offset, window.array(), payloadAt, length);
    }
}
