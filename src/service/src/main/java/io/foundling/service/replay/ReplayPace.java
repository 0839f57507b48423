package io.foundling.service.replay;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Limits how many events are sent a second, and pauses after a number of events. Used by one thread. */
public final class ReplayPace {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final OptionalLong perSecond;
    private final OptionalLong pauseEvery;
    private final Duration pause;
    private final LongSupplier nanoTime;
    private final Rest rest;

    private long sinceStart;
    private long startNanos;
    private long sent;

    /**
     * Creates a pace.
     *
     * @param perSecond events a second; none: as fast as they are taken
     * @param pauseEvery events between two pauses; none: no pauses
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public ReplayPace(
            OptionalLong perSecond, OptionalLong pauseEvery, Duration pause, LongSupplier nanoTime, Rest rest) {
        this.perSecond = perSecond;
        this.pauseEvery = pauseEvery;
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.rest = rest;
    }

    /** Waits until the next event may be sent. The rate does not make up for the time of a pause. */
    public void await() throws InterruptedException {
        if (sent > 0 && pauseEvery.isPresent() && sent % pauseEvery.getAsLong() == 0) {
            rest.nanos(pause.toNanos());
            sinceStart = 0;
        }
        if (sinceStart == 0) {
            startNanos = nanoTime.getAsLong();
        }
        if (perSecond.isPresent()) {
            long dueNanos = (long) ((double) sinceStart / perSecond.getAsLong() * NANOS_PER_SECOND);
            long aheadNanos = dueNanos - (nanoTime.getAsLong() - startNanos);
            if (aheadNanos > 0) {
                rest.nanos(aheadNanos);
            }
        }
        sinceStart++;
        sent++;
    }

    /** Whether a pause comes before the next event; events sent before it should be flushed first. */
    public boolean pausesNext() {
        return sent > 0 && pauseEvery.isPresent() && sent % pauseEvery.getAsLong() == 0;
    }

    /** Waiting; replaced in tests. */
    @FunctionalInterface
    public interface Rest {
        void nanos(long nanos) throws InterruptedException;
    }
}
