package io.foundling.client.internal.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Finds out whether a partition makes no progress. A producer acknowledges the events of a partition in order, so the
 * oldest event of all that has no answer is the next one of its partition: as long as it stays the oldest, its partition
 * has made no progress, however fast the others are. A second partition that makes none is noticed after the first. For
 * one thread.
 */
final class ProgressWatch {

    private static final int LOOKS = 4;

    private final long limitNanos;
    private final LongSupplier nanoTime;
    private Object oldest;
    private long sinceNanos;

    /** @param limit zero for a watch that never finds a stall */
    ProgressWatch(Duration limit, LongSupplier nanoTime) {
        limitNanos = TimeLimit.bounded(limit).toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Whether the same event has had no answer for the whole limit; then the watch begins again.
     *
     * @param unanswered the oldest event without an answer, null if there is none
     */
    boolean isStalled(Object unanswered) {
        long now = nanoTime.getAsLong();
        if (unanswered == null || unanswered != oldest) {
            oldest = unanswered;
            sinceNanos = now;
            return false;
        }
        if (limitNanos == 0 || now - sinceNanos < limitNanos) {
            return false;
        }
        sinceNanos = now;
        return true;
    }

    /** How long the watch may be left alone while an event has no answer. */
    long dueInNanos() {
        return limitNanos == 0 ? Long.MAX_VALUE : Math.max(1, limitNanos / LOOKS);
    }
}
