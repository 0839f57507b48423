package io.foundling.console.delivery.topics;

import java.time.InstantSource;

/**
 * For how long this process may take itself for the owner of a receiver without asking its group: for a session. One
 * that was suspended finds that out by its clock before another thread sends what is out of date. Any thread.
 */
final class Lease {

    private final long sessionMs;
    private final InstantSource clock;
    private volatile long renewedAtMs;

    /** @param clock is not set back */
    Lease(long sessionMs, InstantSource clock) {
        this.sessionMs = sessionMs;
        this.clock = clock;
        renew();
    }

    void renew() {
        renewedAtMs = clock.millis();
    }

    boolean isValid() {
        return clock.millis() - renewedAtMs <= sessionMs;
    }
}
