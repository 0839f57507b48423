package io.foundling.topology.clock;

import java.util.function.LongSupplier;

/**
 * The times that proofs are noted for: the smaller of the wall time and the start's wall time plus monotonic time
 * since, so that a clock that steps forward cannot expire anything early. Used by the prober thread only.
 */
public final class ProofTime {

    private final LongSupplier wallMs;
    private final LongSupplier monotonicNanos;
    private final long startWallMs;
    private final long startNanos;
    private long skewMs;

    public ProofTime(LongSupplier wallMs, LongSupplier monotonicNanos) {
        this.wallMs = wallMs;
        this.monotonicNanos = monotonicNanos;
        startWallMs = wallMs.getAsLong();
        startNanos = monotonicNanos.getAsLong();
    }

    /** Notes a time T, in epoch milliseconds. */
    public long noteMs() {
        long wall = wallMs.getAsLong();
        long steady = startWallMs + (monotonicNanos.getAsLong() - startNanos) / 1_000_000;
        skewMs = wall - steady;
        return Math.min(wall, steady);
    }

    /** Returns by how much the wall clock was ahead of (or, negative, behind) monotonic time when T was last noted. */
    public long skewMs() {
        return skewMs;
    }
}
