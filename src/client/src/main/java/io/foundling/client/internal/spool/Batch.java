package io.foundling.client.internal.spool;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The frames that wait to be written, in one growing buffer. A frame gets its checksum when its position in a segment
 * is known. One thread.
 */
final class Batch {

    private static final int USUAL_BYTES = 64 << 10;
    private static final int KEPT_BYTES = 1 << 20;

    private final FrameFormat format = new FrameFormat();
    private ByteBuffer frames = ByteBuffer.allocate(USUAL_BYTES);
    private int from;

    void add(byte[] payload, int offset, int length) {
        reserve(FrameFormat.bytesOf(length));
        frames.putInt(FrameFormat.MAGIC).putInt(length).putInt(0).put(payload, offset, length);
    }

    /** Returns how many frames wait. */
    int count() {
        int count = 0;
        for (int at = from; at < frames.position(); at += frameBytes(at)) {
            count++;
        }
        return count;
    }

    boolean isEmpty() {
        return bytes() == 0;
    }

    int bytes() {
        return frames.position() - from;
    }

    int firstFrameBytes() {
        return frameBytes(from);
    }

    void forEachFrameBytes(IntConsumer visitor) {
        for (int at = from; at < frames.position(); at += frameBytes(at)) {
            visitor.accept(frameBytes(at));
        }
    }

    /** Completes the checksums of the frames that fit into the room, at least of one, and returns their bytes. */
    int seal(Position place, long room) {
        int sealed = 0;
        do {
            seal(from + sealed, place.segment(), place.offset() + sealed);
            sealed += frameBytes(from + sealed);
        } while (sealed < bytes() && sealed + frameBytes(from + sealed) <= room);
        return sealed;
    }

    /** Returns a view of the first bytes. It is valid until a frame is added. */
    ByteBuffer first(int bytes) {
        return ByteBuffer.wrap(frames.array(), from, bytes);
    }

    /** Removes the first bytes, which are written. A buffer that grew far beyond its usual size is released. */
    void remove(int bytes) {
        from += bytes;
        if (isEmpty()) {
            from = 0;
            frames = frames.capacity() > KEPT_BYTES ? ByteBuffer.allocate(USUAL_BYTES) : frames.clear();
        }
    }

    private void seal(int at, long segment, long offset) {
        int length = frames.getInt(at + FrameFormat.LENGTH_AT);
        int checksum = format.checksum(segment, offset, frames.array(), at + FrameFormat.PAYLOAD_AT, length);
        frames.putInt(at + FrameFormat.CHECKSUM_AT, checksum);
    }

    private int frameBytes(int at) {
        return FrameFormat.bytesOf(frames.getInt(at + FrameFormat.LENGTH_AT));
    }

    private void reserve(int bytes) {
        if (frames.remaining() < bytes) {
            int used = bytes();
            int needed = Math.addExact(used, bytes);
            byte[] kept = Arrays.copyOfRange(frames.array(), from, from + Math.max(needed, doubled()));
            frames = ByteBuffer.wrap(kept).position(used);
            from = 0;
        }
    }

    private int doubled() {
        return (int) Math.min(2L * frames.capacity(), Integer.MAX_VALUE - Long.BYTES - (long) from);
    }
}
