package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.client.Ticket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** How accepted events get to the broker: on the calling thread, or through the queue. Any thread. */
interface Delivery {

    /**
     * Delivers an event, now or later.
     *
     * @throws IllegalStateException after the close
     */
    CompletionStage<Ticket> deliver(AuditEvent event, boolean urgent);

    /**
     * Delivers an event without waiting for the disk. The stage completes when the event survives a crash of the machine, or
     * fails with the reason why that cannot be confirmed.
     *
     * @throws IllegalStateException after the close
     */
    CompletionStage<Void> deliverDurably(AuditEvent event, boolean urgent);

    /**
     * Waits until every event delivered before is written or lost; false if the time was over first, or if interrupted.
     */
    boolean flush(Duration timeout);

    /** Sends as many events as it can within the time and ends. Called once. */
    void close(TimeLimit limit);

    /** Whether the calling thread is one that delivers, so that it must not wait for a delivery or for the close. */
    boolean isOwnThread();
}
