package io.foundling.console.delivery.topics;

import io.foundling.console.delivery.NoLongerOwnerException;
import io.foundling.console.delivery.Progress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Takes the first write of an owner. Nothing is sent to the receiver before it is durable. */
interface BeginningLog {

    /**
     * Writes that the receiver is served, and progress with it, in one step; returns once both are durable.
     *
     * @param since when the receiver was served first, by whichever owner
     * @param done by alert key; empty for an alert that is gone
     * @throws NoLongerOwnerException if another process has taken the receiver over
     */
    void begin(Instant since, Map<String, Optional<Progress>> done) throws InterruptedException;
}
