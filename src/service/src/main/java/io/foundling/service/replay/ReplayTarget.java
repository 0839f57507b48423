package io.foundling.service.replay;

import io.foundling.audit.AuditEvent;

/** The destination of a replay's events. */
public interface ReplayTarget extends AutoCloseable {

    /**
     * Takes an event; its outcome is reported later.
     *
     * @throws ReplayStoppedException if nothing more can be sent
     */
    void send(AuditEvent event, Outcome outcome);

    /** Waits until all events have arrived or failed. */
    void flush();

    @Override
    void close();

    /** Gets the outcome of one event; may be called on another thread. */
    interface Outcome {
        void arrived();

        /** The event itself was refused; others are not affected. */
        void refused(String reason);
    }
}
