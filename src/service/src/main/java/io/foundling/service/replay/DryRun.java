package io.foundling.service.replay;

import io.foundling.audit.AuditEvent;

/** Takes every event and sends none: to try a mapping. */
public final class DryRun implements ReplayTarget {

    @Override
    public void send(AuditEvent event, Outcome outcome) {
        outcome.arrived();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
