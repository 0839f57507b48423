package io.foundling.client.internal.spool;

/** Foresees which bytes frames take on disk: their own, and a header wherever a segment is full. */
final class SegmentPlan {

    private final int headerBytes;
    private final long segmentBytes;
    private long filled;
    private long bytes;

    /** @param filled the bytes in the segment being written, 0 if there is none */
    SegmentPlan(int headerBytes, long segmentBytes, long filled) {
        this.headerBytes = headerBytes;
        this.segmentBytes = segmentBytes;
        this.filled = filled;
    }

    /** Whether the frame begins a segment. One that is larger than a segment gets one for itself. */
    boolean needsSegment(int frameBytes) {
        return filled == 0 || (filled > headerBytes && filled + frameBytes > segmentBytes);
    }

    void add(int frameBytes) {
        bytes = bytesWith(frameBytes);
        filled = needsSegment(frameBytes) ? headerBytes + (long) frameBytes : filled + frameBytes;
    }

    /** Returns what the added frames and one more take. */
    long bytesWith(int frameBytes) {
        return bytes + frameBytes + (needsSegment(frameBytes) ? headerBytes : 0);
    }
}
