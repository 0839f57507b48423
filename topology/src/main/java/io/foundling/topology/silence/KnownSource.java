package io.foundling.topology.silence;

import io.foundling.topology.lifecycle.Times;
import java.nio.ByteBuffer;

/**
 * What a task knows of a source that was heard in any partition.
 *
 * @param firstMs when it was first heard
 * @param lastMs when it was last heard
 * @param silentSinceMs when it was last heard before it became silent; {@link Times#NEVER} while it is not
 * @param againMs when it was heard again after it was silent last; {@link Times#NEVER} if it is silent, or that is long ago
 * @param isToReview whether its subjects are still to be looked at, because it became silent or was heard again
 * @param isToReport whether this task is still to report that it was heard again
 */
record KnownSource(
        long firstMs, long lastMs, long silentSinceMs, long againMs, boolean isToReview, boolean isToReport) {

    private static final byte VERSION = 1;
    private static final int BYTES = 2 + 4 * Long.BYTES;
    private static final int TO_REVIEW = 1;
    private static final int TO_REPORT = 2;

    static KnownSource heard(long atMs) {
        return new KnownSource(atMs, atMs, Times.NEVER, Times.NEVER, false, false);
    }

    boolean isSilent() {
        return silentSinceMs != Times.NEVER;
    }

    /** Whether it is silent, or was not long ago. */
    boolean isNotable() {
        return isSilent() || againMs != Times.NEVER;
    }

    KnownSource heardAt(long atMs) {
        return new KnownSource(
                Math.min(firstMs, atMs), Math.max(lastMs, atMs), silentSinceMs, againMs, isToReview, isToReport);
    }

    KnownSource silent() {
        return new KnownSource(firstMs, lastMs, lastMs, Times.NEVER, true, false);
    }

    KnownSource speaking() {
        return new KnownSource(firstMs, lastMs, Times.NEVER, lastMs, true, false);
    }

    KnownSource toReport() {
        return new KnownSource(firstMs, lastMs, silentSinceMs, againMs, isToReview, true);
    }

    KnownSource reported() {
        return new KnownSource(firstMs, lastMs, silentSinceMs, againMs, isToReview, false);
    }

    KnownSource reviewed() {
        return new KnownSource(firstMs, lastMs, silentSinceMs, againMs, false, isToReport);
    }

    /** It was heard for long enough since it was silent. */
    KnownSource settled() {
        return new KnownSource(firstMs, lastMs, silentSinceMs, Times.NEVER, isToReview, isToReport);
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(firstMs)
                .putLong(lastMs)
                .putLong(silentSinceMs)
                .putLong(againMs)
                .put((byte) ((isToReview ? TO_REVIEW : 0) | (isToReport ? TO_REPORT : 0)))
                .array();
    }

    static KnownSource decode(byte[] stored) {
        ByteBuffer bytes = HeardHour.fields(stored, "KnownSource", VERSION, BYTES);
        long firstMs = bytes.getLong();
        long lastMs = bytes.getLong();
        long silentSinceMs = bytes.getLong();
        long againMs = bytes.getLong();
        byte flags = bytes.get();
        return new KnownSource(
                firstMs, lastMs, silentSinceMs, againMs, (flags & TO_REVIEW) != 0, (flags & TO_REPORT) != 0);
    }
}
