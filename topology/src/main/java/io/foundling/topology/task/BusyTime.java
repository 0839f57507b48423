package io.foundling.topology.task;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a task may go on with what is due before others have their turn. Measured by a clock of its own: the wall
 * time of Kafka Streams does not move while a punctuator runs.
 */
public final class BusyTime {

    private final LongSupplier nanoTime;
    private final long maxNanos;
    private long beganNanos;

    /** @param nanoTime monotonic time */
    public BusyTime(LongSupplier nanoTime, Duration max) {
        this.nanoTime = nanoTime;
        this.maxNanos = max.toNanos();
    }

    public void begin() {
        beganNanos = nanoTime.getAsLong();
    }

    /** Whether more may be done now; if not, the rest must wait for the next turn. */
    public boolean isLeft() {
        return elapsedNanos() < maxNanos;
    }

    public long elapsedNanos() {
        return nanoTime.getAsLong() - beganNanos;
    }
}
