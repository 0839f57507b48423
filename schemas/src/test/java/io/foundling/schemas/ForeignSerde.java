package io.foundling.schemas;

import io.foundling.audit.AuditEvent;
import java.io.EOFException;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Reads nothing, and wraps why not as Confluent's deserializer does: by the first byte. */
public final class ForeignSerde implements Serde<AuditEvent> {

    static final byte AWAY = 1;
    static final byte TOO_SHORT = 2;

    @Override
    public Serializer<AuditEvent> serializer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Deserializer<AuditEvent> deserializer() {
        return (topic, message) -> {
            throw new SerializationException(
                    "Error deserializing Avro message",
                    switch (message[0]) {
                        case AWAY -> new IOException("Connection refused");
                        case TOO_SHORT -> new EOFException();
                        default -> new IllegalStateException("not in enum");
                    });
        };
    }
}
