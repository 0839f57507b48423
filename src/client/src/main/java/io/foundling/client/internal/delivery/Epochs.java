package io.foundling.client.internal.delivery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells when everything that was recorded before a moment has ended. Every event belongs to the epoch in which it was
 * recorded; asking begins a new one. This costs an event two counts, and keeps no list of what is under way. Not final: a test
 * asks between two steps.
 */
class Epochs {

    private volatile Epoch current = new Epoch();
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);

    /** Counts one event in; {@link Epoch#leave()} counts it out. */
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

    /** Returns what completes once everything that was counted in before this call has been counted out. */
    synchronized CompletableFuture<Void> soFar() {
        Epoch ending = current;
        current = new Epoch();
        before = before.isDone() ? ending.over : CompletableFuture.allOf(before, ending.over);
        ending.leave();
        return before;
    }

    /** Some events, one after the other or at once. It counts itself until it is no longer the current one. */
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
