package io.foundling.console.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock for what is due. It follows the wall clock, also over the time that the process was suspended, but when the
 * wall clock is set back it goes on from where it was. Messages have the time of the wall clock. Any thread.
 */
public final class SteadyClock implements InstantSource {

    private static final long NANOS_PER_MS = 1_000_000;

    private final InstantSource wall;
    private final LongSupplier ticksMs;
    private long lastWallMs;
    private long lastTicksMs;
    private long nowMs;

    public SteadyClock(InstantSource wall) {
        this(wall, () -> System.nanoTime() / NANOS_PER_MS);
    }

    /** @param ticksMs milliseconds since any time, never set back */
    public SteadyClock(InstantSource wall, LongSupplier ticksMs) {
        this.wall = wall;
        this.ticksMs = ticksMs;
        lastWallMs = wall.millis();
        lastTicksMs = ticksMs.getAsLong();
        nowMs = lastWallMs;
    }

    public InstantSource wall() {
        return wall;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public synchronized long millis() {
        long wallMs = wall.millis();
        long ticks = ticksMs.getAsLong();
        nowMs += wallMs < lastWallMs ? ticks - lastTicksMs : wallMs - lastWallMs;
        lastWallMs = wallMs;
        lastTicksMs = ticks;
        return nowMs;
    }
}
