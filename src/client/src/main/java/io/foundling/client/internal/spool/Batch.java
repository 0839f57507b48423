package io.foundling.client.internal.spool;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Frames that wait to be written, one behind the other in one growing buffer. They get their checksum when their place is known.
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

    /** Returns the bytes of the frames that fit into the room, at least one frame, made out for that place. */
    int seal(Position place, long room) {
        int sealed = 0;
        do {
            seal(from + sealed, place.segment(), place.offset() + sealed);
            sealed += frameBytes(from + sealed);
        } while (sealed < bytes() && sealed + frameBytes(from + sealed) <= room);
        return sealed;
    }

    /** Returns the first bytes, to be written before anything is added. */
    ByteBuffer first(int bytes) {
        return ByteBuffer.wrap(frames.array(), from, bytes);
    }

    /** Forgets the first bytes, which are written. A buffer that grew far beyond the usual is given back. */
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
