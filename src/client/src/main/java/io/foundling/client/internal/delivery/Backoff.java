package io.foundling.client.internal.delivery;

import java.time.Duration;

/**
 * The pause before the next try: twice as long each time, up to a limit. One thread at a time, except for {@link
 * #reset}.
 */
final class Backoff {

    private final long firstNanos;
    private final long longestNanos;
    private long nextNanos;
    private volatile boolean succeeded;

    Backoff(Duration first, Duration longest) {
        firstNanos = first.toNanos();
        longestNanos = longest.toNanos();
        nextNanos = firstNanos;
    }

    /** Returns the backoff for a broker or a disk that does not accept an event: from 10 ms to 1 s. */
    static Backoff ofSink() {
        return new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1));
    }

    long nextNanos() {
        if (succeeded) {
            succeeded = false;
            nextNanos = firstNanos;
        }
        long now = nextNanos;
        nextNanos = Math.min(2 * nextNanos, longestNanos);
        return now;
    }

    /** Begins with the shortest pause again. */
    void reset() {
        if (!succeeded) {
            succeeded = true;
        }
    }
}
