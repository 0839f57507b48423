package io.foundling.client.internal.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A time limit that several waits share, a year at most. It can be ended early. Any thread. */
final class TimeLimit {

    private static final Duration LONGEST = Duration.ofDays(365);

    private volatile long endNanos;

    private TimeLimit(long endNanos) {
        this.endNanos = endNanos;
    }

    static TimeLimit of(Duration timeout) {
        return new TimeLimit(System.nanoTime() + bounded(timeout).toNanos());
    }

    /** Returns a limit that is over this much later. */
    TimeLimit plus(Duration more) {
        return new TimeLimit(endNanos + more.toNanos());
    }

    /** Returns the earlier one of this limit and the given one. */
    TimeLimit atMost(Duration timeout) {
        TimeLimit other = of(timeout);
        return other.endNanos - endNanos < 0 ? other : this;
    }

    /** Ends the time now, for everybody who shares this limit; who waits already must be woken too. */
    void end() {
        endNanos = System.nanoTime();
    }

    /** Returns the timeout, but at least none and at most a year. */
    static Duration bounded(Duration timeout) {
        if (timeout.isNegative()) {
            return Duration.ZERO;
        }
        return timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    }

    /** Returns the time that is left, never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    boolean isOver() {
        return endNanos - System.nanoTime() <= 0;
    }

    /** Waits for a future that cannot fail; false if the time is over or the thread is interrupted (and stays so). */
    boolean await(CompletableFuture<?> all) {
        return await(all, LONGEST);
    }

    /** Waits like {@link #await(CompletableFuture)}, but at most for the pause. */
    boolean await(CompletableFuture<?> all, Duration pause) {
        try {
            all.get(Math.min(left().toNanos(), pause.toNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("an epoch cannot fail", impossible);
        } catch (TimeoutException tooSlow) {
            return all.isDone();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
