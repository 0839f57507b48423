package io.foundling.intake.event;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/**
 * Ids of events that follow from what a repeat has, too, so that a repeat gives the same event. A derived id is a UUID of
 * version 3. How it is derived must never change: a repeat after an upgrade would count twice.
 */
public final class DerivedId {

    private DerivedId() {}

    /**
     * Returns the id of an event of a request with a key. What the event is about is part of it, but not its place in the
     * request: another event with the same key gets another id, and a repeat without the events that were refused gives the
     * same ids.
     *
     * @param number how many events before it in the request agree in all this
     */
    public static UUID ofKey(String caller, String key, AuditEvent event, int number) {
        return of(
                "intake",
                caller,
                key,
                SubjectKey.of(event.getSubject()),
                String.valueOf(event.getAttempt()),
                ((SpecificRecord) event.getBody()).getSchema().getName(),
                Long.toString(event.getOccurredAt().toEpochMilli()),
                Integer.toString(number));
    }

    /** Returns the id of a CloudEvent: no two have the same source and id. */
    public static UUID ofCloudEvent(String source, String id) {
        return of("cloudevent", source, id);
    }

    /** The length of each part keeps two lists of parts from having the same text. */
    private static UUID of(String... parts) {
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            name.append(part.length()).append(':').append(part);
        }
        return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
    }
}
