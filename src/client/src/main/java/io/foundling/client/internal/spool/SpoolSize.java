package io.foundling.client.internal.spool;

/** How large a spool may be, in bytes of its segment files. */
record SpoolSize(long maxBytes) {

    private static final long SMALLEST_SEGMENT = 1 << 20;
    private static final long LARGEST_SEGMENT = 16 << 20;

    SpoolSize {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("the spool may have " + maxBytes + " bytes, expected at least 1");
        }
    }

    /** Returns when a segment is full: small enough that acknowledging gives room soon, never more than half of it all. */
    long segmentBytes() {
        return Math.min(maxBytes / 2, Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, maxBytes / 8)));
    }
}
