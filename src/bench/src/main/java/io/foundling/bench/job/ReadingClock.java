package io.foundling.bench.job;

import java.util.function.LongSupplier;

/**
 * How far the events have been read, in milliseconds: the greatest append time while there are events to read, the wall
 * clock less five seconds once there have been none for five, or for thirty after the start. So a backlog makes nobody an orphan whose next event is in it.
 */
public final class ReadingClock {

    private static final long IDLE_MS = 5_000;
    private static final long START_MS = 30_000;
    private static final long ALLOWED_LAG_MS = 5_000;

    private final LongSupplier wallClockMs;
    private long readUpToMs;
    private long lastReadMs;

    public ReadingClock(LongSupplier wallClockMs) {
        this.wallClockMs = wallClockMs;
        // The first events may need longer than those after them.
        this.lastReadMs = wallClockMs.getAsLong() + START_MS - IDLE_MS;
    }

    /** Notes the append time of an event. */
    public void read(long appendedMs) {
        readUpToMs = Math.max(readUpToMs, appendedMs);
        lastReadMs = wallClockMs.getAsLong();
    }

    /** Returns the time up to which everything is known. */
    public long nowMs() {
        long wallMs = wallClockMs.getAsLong();
        return wallMs - lastReadMs < IDLE_MS ? readUpToMs : Math.max(readUpToMs, wallMs - ALLOWED_LAG_MS);
    }
}
