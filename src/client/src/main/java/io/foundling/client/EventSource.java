package io.foundling.client;

import com.github.f4b6a3.uuid.UuidCreator;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import io.foundling.schemas.GeneratedClasses;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the events of one recorder have in common: who reports, by which clock, and where finished events go.
 *
 * @param dropped how many events were lost so far, told with every event
 * @param trace the W3C trace context of what runs right now, null if there is none
 */
record EventSource(
        String service,
        String instance,
        String version,
        Clock clock,
        LongSupplier dropped,
        Supplier<String> trace,
        EventSink sink) {

    EventSource {
        // The copies that are made of events, here and by the service's own code.
        GeneratedClasses.model(AuditEvent.class);
    }

    /**
     * Fixes id and time, and hands the event over. The id's random part comes from a fast generator: it has to be
     * unique, not secret, and a secure one costs more than all the rest of the call.
     */
    CompletionStage<Ticket> send(EventDraft draft, Object body) {
        AuditEvent event = new AuditEvent(
                UuidCreator.getTimeOrderedEpochFast(),
                draft.subject(),
                draft.parent(),
                draft.attempt(),
                draft.occurredAt() == null ? clock.instant() : draft.occurredAt(),
                draft.detail(),
                draft.metadata(),
                new Producer(service, instance, version, dropped.getAsLong()),
                draft.traceparent() == null ? trace.get() : draft.traceparent(),
                body);
        return sink.accept(event, draft.isUrgent());
    }
}
