package io.foundling.topology.clock;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The times that proofs are noted for: the smaller of the wall time and a base plus monotonic time, so that a wall clock
 * that steps forward cannot expire anything early (rule T6). The base is the wall time at the start. It moves as far as
 * the brokers prove it wrong, and follows a wall clock that has run evenly for {@link #BELIEVED_AFTER_MS}: else a
 * machine that slept would stay behind for ever. For the prober's thread; only the skew to the
 * brokers may be read by others.
 */
public final class ProofTime {

    /** For so long a wall clock must have run evenly before it is believed although no broker speaks for it. */
    static final long BELIEVED_AFTER_MS = 600_000;

    /** A larger difference between wall and monotonic time is a step. */
    static final long STEP_MS = 1_000;

    private final LongSupplier wallMs;
    private final BrokerTime brokers;
    private long baseMs;
    private long evenMs;
    private long evenSinceMs;
    private long skewMs;
    private volatile OptionalLong brokerSkewMs = OptionalLong.empty();

    public ProofTime(LongSupplier wallMs, BrokerTime brokers) {
        this.wallMs = wallMs;
        this.brokers = brokers;
        evenSinceMs = brokers.monotonicMs();
        baseMs = wallMs.getAsLong() - evenSinceMs;
        evenMs = baseMs;
    }

    /** Notes a time T, in epoch milliseconds. */
    public long noteMs() {
        long wall = wallMs.getAsLong();
        long monotonicMs = brokers.monotonicMs();
        long aheadMs = wall - monotonicMs;
        if (Math.abs(aheadMs - evenMs) > STEP_MS) {
            evenMs = aheadMs;
            evenSinceMs = monotonicMs;
            brokers.forget();
        }
        if (monotonicMs - evenSinceMs >= BELIEVED_AFTER_MS) {
            baseMs = Math.max(baseMs, aheadMs);
        }
        Optional<ClockBounds> bounds = brokers.bounds();
        bounds.ifPresent(possible -> baseMs = possible.nearest(baseMs));
        brokerSkewMs = bounds.map(possible -> OptionalLong.of(aheadMs - possible.nearest(aheadMs)))
                .orElse(OptionalLong.empty());
        skewMs = aheadMs - baseMs;
        return monotonicMs + Math.min(aheadMs, baseMs);
    }

    /** Returns by how much the wall clock was ahead of (or, negative, behind) the base when T was last noted. */
    public long skewMs() {
        return skewMs;
    }

    /**
     * Returns by how much, at least, the wall clock was ahead of (or, negative, behind) the clocks of the brokers when T
     * was last noted; empty if that is not known.
     */
    public OptionalLong brokerSkewMs() {
        return brokerSkewMs;
    }
}
