package io.foundling.client.internal.delivery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Finds out when all events that were recorded before a call of {@link #soFar} have ended, for {@code flush}. Every
 * event belongs to the epoch in which it was recorded, and {@code soFar} begins a new epoch. An event costs two atomic
 * counts; there is no list of unfinished events. Any thread. Not final, so that a test can interrupt it between two
 * steps.
 */
class Epochs {

    private volatile Epoch current = new Epoch(null);

    /** Counts an event into the current epoch; {@link Epoch#leave()} counts it out. */
    Epoch enter() {
        while (true) {
            Epoch now = current();
            now.counts.incrementAndGet(Epoch.ENTERED);
            if (now == current) {
                return now;
            }
            now.leave();
        }
    }

    Epoch current() {
        return current;
    }

    /** Whether every event counted in before this call has been counted out. Costs no memory, unlike {@link #soFar}. */
    boolean areOver() {
        while (true) {
            Epoch now = current;
            boolean over = now.isEmpty() && now.isFirst();
            if (now == current) {
                return over;
            }
        }
    }

    /**
     * Returns a future that completes when every event counted in before this call has been counted out. Begins a new
     * epoch if there is such an event in the current one.
     */
    synchronized CompletableFuture<Void> soFar() {
        Epoch ending = current;
        if (ending.isEmpty()) {
            Epoch previous = ending.previous;
            return previous == null ? CompletableFuture.completedFuture(null) : previous.over;
        }
        ending.next = new Epoch(ending);
        current = ending.next;
        ending.endsWhenEmpty();
        return ending.over;
    }

    /**
     * The events recorded between two calls of {@code soFar}. An epoch is over when it is not the current one any more,
     * and its events and all earlier ones have been counted out.
     */
    static final class Epoch {

        /** Far from each other and from the ends: threads that record and threads that send write at the same time. */
        private static final int ENTERED = 15;

        private static final int LEFT = 31;
        private static final int SIZE = 47;

        private final AtomicLongArray counts = new AtomicLongArray(SIZE);
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private volatile Epoch previous;
        private volatile Epoch next;
        private volatile boolean ending;

        Epoch(Epoch previous) {
            this.previous = previous;
        }

        void leave() {
            counts.incrementAndGet(LEFT);
            if (ending && isEmpty()) {
                end();
            }
        }

        /** Called when every event that may belong to this epoch is counted in. */
        private void endsWhenEmpty() {
            ending = true;
            if (isEmpty()) {
                end();
            }
        }

        /** Ends this epoch and those behind it, as far as they have waited for this one only. */
        private void end() {
            Epoch each = this;
            while (each != null && each.ending && each.isEmpty() && each.isFirst()) {
                each.over.complete(null);
                each = each.next;
            }
        }

        /** Whether no earlier epoch is unfinished. Forgets a finished one. */
        private boolean isFirst() {
            Epoch before = previous;
            if (before != null && before.over.isDone()) {
                previous = null;
                before = null;
            }
            return before == null;
        }

        /** Reads first what has left: an event that enters in between does not make both equal. */
        private boolean isEmpty() {
            long left = counts.get(LEFT);
            return left == counts.get(ENTERED);
        }
    }
}
