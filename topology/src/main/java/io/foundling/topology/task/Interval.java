package io.foundling.topology.task;

/**
 * Says whether it is time again for something that is done once in a while. The interval also ends when the wall clock
 * is set back, so that nothing is silent for as long as that step. For one thread.
 */
public final class Interval {

    private final long intervalMs;
    private long beganMs = Long.MIN_VALUE;

    public Interval(long intervalMs) {
        this.intervalMs = intervalMs;
    }

    /** Whether the interval is over, or has never begun. */
    public boolean isOver(long nowMs) {
        return beganMs == Long.MIN_VALUE || nowMs < beganMs || nowMs - beganMs >= intervalMs;
    }

    /** Returns how much time has passed since it began; 0 if the wall clock was set back behind that. */
    public long elapsedMs(long nowMs) {
        return Math.max(0, nowMs - beganMs);
    }

    /** Begins the interval anew. */
    public void begin(long nowMs) {
        beganMs = nowMs;
    }

    /** Begins the interval anew if it is over, and returns whether it was. */
    public boolean next(long nowMs) {
        boolean over = isOver(nowMs);
        if (over) {
            begin(nowMs);
        }
        return over;
    }
}
