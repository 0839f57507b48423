package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.client.internal.spool.SpoolEntry;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;

/** Decodes the frames of a spool. One thread. */
public final class SpooledEvents {

    private final SpoolCodec codec = new SpoolCodec();

    /** Returns the event; empty if the frame is not an event of its schema. */
    public Optional<AuditEvent> event(SpoolEntry.Frame frame) {
        try {
            return Optional.of(codec.event(frame.payload(), frame.description()));
        } catch (SerializationException unreadable) {
            return Optional.empty();
        }
    }
}
