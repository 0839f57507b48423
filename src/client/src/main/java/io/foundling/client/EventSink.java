package io.foundling.client;

import io.foundling.audit.AuditEvent;
import java.util.concurrent.CompletionStage;

/** Where finished events go. */
@FunctionalInterface
interface EventSink {

    /** @param urgent whether the event must not wait for others */
    CompletionStage<Ticket> accept(AuditEvent event, boolean urgent);
}
