package io.foundling.console.delivery.topics;

import io.foundling.console.topics.Backoff;
import java.time.Duration;
import org.apache.kafka.common.errors.FencedInstanceIdException;

/**
 * How often a receiver could not be served in a row. That everything could be read ends no row, because the failure may
 * be that nothing can be written. Two processes with one name shut each other out while both succeed, so such a row ends
 * later. One thread.
 */
final class Failures {

    static final Duration LASTS = Duration.ofMinutes(1);
    static final Duration LASTS_AFTER_FENCING = Duration.ofMinutes(10);

    private int inARow;
    private boolean isFenced;

    /** Returns for how long to wait, in ms. */
    long add(Throwable failed) {
        inARow++;
        isFenced |= failed instanceof FencedInstanceIdException;
        return Backoff.ms(inARow);
    }

    /**
     * Takes in that no failure came.
     *
     * @param forMs since the receiver was opened
     * @param hasWritten whether progress was written since then
     */
    void none(long forMs, boolean hasWritten) {
        boolean lasts = isFenced ? forMs >= LASTS_AFTER_FENCING.toMillis() : hasWritten || forMs >= LASTS.toMillis();
        if (lasts) {
            inARow = 0;
            isFenced = false;
        }
    }
}
