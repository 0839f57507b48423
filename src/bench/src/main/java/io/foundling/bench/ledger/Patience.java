package io.foundling.bench.ledger;

import java.time.Duration;

/** Limits how long something is awaited by looking again and again. */
final class Patience {

    private static final long PAUSE_MS = 100;

    private final long endNs;

    private Patience(long endNs) {
        this.endNs = endNs;
    }

    static Patience of(Duration patience) {
        return new Patience(System.nanoTime() + patience.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - endNs > 0;
    }

    /** Waits a little before the next look. */
    void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("The run was interrupted.");
        }
    }
}
