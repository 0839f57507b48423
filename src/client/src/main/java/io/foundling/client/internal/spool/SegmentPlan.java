package io.foundling.client.internal.spool;

/** Calculates how many bytes frames will take on disk: their own, plus a header for each segment they begin. */
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

    /** Whether the frame begins a segment. A frame larger than a segment gets a segment of its own. */
    boolean needsSegment(int frameBytes) {
        return filled == 0 || (filled > headerBytes && filled + frameBytes > segmentBytes);
    }

    void add(int frameBytes) {
        bytes = bytesWith(frameBytes);
        filled = needsSegment(frameBytes) ? headerBytes + (long) frameBytes : filled + frameBytes;
    }

    /** Returns the bytes of the added frames and one more. */
    long bytesWith(int frameBytes) {
        return bytes + frameBytes + (needsSegment(frameBytes) ? headerBytes : 0);
    }
}
