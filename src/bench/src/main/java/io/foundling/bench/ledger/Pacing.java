package io.foundling.bench.ledger;

import java.util.concurrent.locks.LockSupport;

/** Waits for moments of {@link System#nanoTime}. */
final class Pacing {

    private Pacing() {}

    static void await(long momentNs) {
        long leftNs = momentNs - System.nanoTime();
        while (leftNs > 0) {
            LockSupport.parkNanos(leftNs);
            leftNs = momentNs - System.nanoTime();
        }
    }
}
