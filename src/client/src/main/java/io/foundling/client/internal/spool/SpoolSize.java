package io.foundling.client.internal.spool;

/** The bounds of a spool and of its segments, in bytes of segment files. */
record SpoolSize(long maxBytes) {

    private static final long SMALLEST_SEGMENT = 1 << 20;
    private static final long LARGEST_SEGMENT = 16 << 20;

    SpoolSize {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("the spool may have " + maxBytes + " bytes, expected at least 1");
        }
    }

    /**
     * Returns the size of a full segment: small, so that acknowledging frees room soon, and at most half of the spool.
     */
    long segmentBytes() {
        return Math.min(maxBytes / 2, Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, maxBytes / 8)));
    }
}
