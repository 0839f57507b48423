package io.foundling.service.replay;

import io.foundling.audit.AuditEvent;

/** Where a replay's events go. */
public interface ReplayTarget extends AutoCloseable {

    /**
     * Takes an event; whether it arrived is told later.
     *
     * @throws ReplayStoppedException if nothing more can be sent
     */
    void send(AuditEvent event, Outcome outcome);

    /** Waits until all that was taken has arrived or failed. */
    void flush();

    @Override
    void close();

    /** What became of one event; may be called on another thread. */
    interface Outcome {
        void arrived();

        /** The event itself was refused; others are not concerned. */
        void refused(String reason);
    }
}
