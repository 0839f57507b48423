package io.foundling.client.internal.delivery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds out when all events that were recorded before a call of {@link #soFar} have ended, for {@code flush}. Every
 * event belongs to the epoch in which it was recorded, and {@code soFar} begins a new epoch. An event costs two atomic
 * counts; there is no list of unfinished events. Any thread. Not final, so that a test can interrupt it between two
 * steps.
 */
class Epochs {

    private volatile Epoch current = new Epoch();
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);

    /** Counts an event into the current epoch; {@link Epoch#leave()} counts it out. */
    Epoch enter() {
        while (true) {
            Epoch now = current();
            now.pending.incrementAndGet();
            if (now == current) {
                return now;
            }
            now.leave();
        }
    }

    Epoch current() {
        return current;
    }

    /** Returns a future that completes when every event counted in before this call has been counted out. */
    synchronized CompletableFuture<Void> soFar() {
        Epoch ending = current;
        current = new Epoch();
        before = before.isDone() ? ending.over : CompletableFuture.allOf(before, ending.over);
        ending.leave();
        return before;
    }

    /**
     * The events recorded between two calls of {@code soFar}. The current epoch also counts itself, so it cannot end
     * early.
     */
    static final class Epoch {

        private final AtomicInteger pending = new AtomicInteger(1);
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        void leave() {
            if (pending.decrementAndGet() == 0) {
                over.complete(null);
            }
        }
    }
}
