package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.client.Ticket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** How accepted events get to the broker. */
interface Delivery {

    /**
     * Delivers an event, now or later.
     *
     * @throws IllegalStateException after the close
     */
    CompletionStage<Ticket> deliver(AuditEvent event, boolean urgent);

    /** Waits until everything delivered before is written or lost; false if it is not, or if interrupted. */
    boolean flush(Duration timeout);

    /** Sends what it can in this time and ends; a second call does nothing. */
    void close(Duration timeout);
}
