package io.foundling.client;

import com.github.f4b6a3.uuid.UuidCreator;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What the events of one recorder have in common: who reports, by which clock, and where finished events go.
 *
 * @param dropped how many events were lost so far, told with every event
 */
record EventSource(
        String service,
        String instance,
        String version,
        Clock clock,
        LongSupplier dropped,
        Function<AuditEvent, CompletionStage<Ticket>> sink) {

    /** Fixes id and time, and hands the event over. */
    CompletionStage<Ticket> send(EventDraft draft, Object body) {
        AuditEvent event = new AuditEvent(
                UuidCreator.getTimeOrderedEpoch(),
                draft.subject(),
                draft.parent(),
                draft.attempt(),
                draft.occurredAt() == null ? clock.instant() : draft.occurredAt(),
                draft.detail(),
                draft.metadata(),
                new Producer(service, instance, version, dropped.getAsLong()),
                draft.traceparent(),
                body);
        return sink.apply(event);
    }
}
