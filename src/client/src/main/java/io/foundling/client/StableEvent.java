package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Failed;
import io.foundling.audit.Producer;
import io.foundling.audit.Reconciled;
import java.util.List;
import java.util.Map;

/**
 * Makes events that do not change while they wait: the caller may go on to use the maps and lists that it gave. What is
 * immutable already is kept as it is.
 */
final class StableEvent {

    private StableEvent() {}

    /** Returns an event of its own with the same content. */
    static AuditEvent of(AuditEvent event) {
        return copy(event, event.getProducer(), body(event.getBody()));
    }

    /** Returns the event with another number of dropped events. */
    static AuditEvent withDropped(AuditEvent event, long dropped) {
        Producer producer = event.getProducer();
        Producer counted = new Producer(producer.getService(), producer.getInstance(), producer.getVersion(), dropped);
        return copy(event, counted, event.getBody());
    }

    private static AuditEvent copy(AuditEvent event, Producer producer, Object body) {
        return new AuditEvent(
                event.getEventId(),
                event.getSubject(),
                event.getParent(),
                event.getAttempt(),
                event.getOccurredAt(),
                event.getDetail(),
                Map.copyOf(event.getMetadata()),
                producer,
                event.getTraceparent(),
                body);
    }

    private static Object body(Object body) {
        if (body instanceof Completed completed) {
            return new Completed(
                    completed.getOutputHash(), completed.getDurationMs(), Map.copyOf(completed.getCounts()));
        }
        if (body instanceof Failed failed) {
            return new Failed(
                    failed.getErrorType(), failed.getMessage(), failed.getRetriable(), Map.copyOf(failed.getCounts()));
        }
        if (body instanceof Declared declared) {
            return new Declared(declared.getMaxAge(), Map.copyOf(declared.getLabels()));
        }
        if (body instanceof Reconciled reconciled) {
            return Reconciled.newBuilder(reconciled)
                    .setErrors(List.copyOf(reconciled.getErrors()))
                    .build();
        }
        return body;
    }
}
