package io.foundling.client.internal.event;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import java.util.Map;

/**
 * Copies events so that they do not change while they wait in the queue, although the caller goes on using the maps and
 * lists that it gave. Immutable parts are shared, not copied; usually the whole event is immutable. Free texts that are
 * far too long are cut ({@link FreeText}).
 */
public final class StableEvent {

    private StableEvent() {}

    /**
     * Returns an event with the same content that shares nothing mutable with the given one. Only its free texts may be
     * shorter.
     */
    public static AuditEvent of(AuditEvent event) {
        String detail = FreeText.cut(event.getDetail());
        Map<String, String> metadata = FreeText.cut(event.getMetadata());
        Object body = BodyTypes.of(event.getBody()).stable(event.getBody());
        return detail == event.getDetail() && metadata == event.getMetadata() && body == event.getBody()
                ? event
                : copy(event, event.getProducer(), detail, metadata, body);
    }

    /** Returns the event with another number of dropped events. */
    public static AuditEvent withDropped(AuditEvent event, long dropped) {
        Producer producer = event.getProducer();
        Producer counted = new Producer(producer.getService(), producer.getInstance(), producer.getVersion(), dropped);
        return copy(event, counted, event.getDetail(), Map.copyOf(event.getMetadata()), event.getBody());
    }

    private static AuditEvent copy(
            AuditEvent event, Producer producer, String detail, Map<String, String> metadata, Object body) {
        return new AuditEvent(
                event.getEventId(),
                event.getSubject(),
                event.getParent(),
                event.getAttempt(),
                event.getOccurredAt(),
                detail,
                metadata,
                producer,
                event.getTraceparent(),
                body);
    }
}
