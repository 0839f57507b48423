package io.foundling.schemas;

import io.foundling.audit.AuditEvent;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Reads nothing, and wraps why not as Confluent's deserializer does: by the first byte. */
public final class ForeignSerde implements Serde<AuditEvent> {

    static final byte AWAY = 1;
    static final byte TOO_SHORT = 2;
    static final byte NO_NUMBER = 3;
    static final byte OUT_OF_ORDER = 4;
    static final byte UNKNOWN_ID = 5;
    static final byte REFUSED = 6;

    @Override
    public Serializer<AuditEvent> serializer() {
        throw new UnsupportedOperationException("this serde reads only");
    }

    @Override
    public Deserializer<AuditEvent> deserializer() {
        return (topic, message) -> {
            if (message[0] == REFUSED) {
                throw new InvalidConfigurationException("Unauthorized; error code: 401");
            }
            throw new SerializationException(
                    "Error deserializing Avro message",
                    switch (message[0]) {
                        case AWAY -> new IOException("Connection refused");
                        case TOO_SHORT -> new EOFException();
                        case NO_NUMBER -> new InvalidNumberEncodingException("Invalid int encoding");
                        case OUT_OF_ORDER -> new RestClientException("Bad gateway; error code: 50005");
                        case UNKNOWN_ID -> new RestClientException("Schema 7 not found; error code: 40403");
                        default -> new IllegalStateException("not in enum");
                    });
        };
    }

    /** The name, and the end of the message, are those of Confluent's. */
    private static final class RestClientException extends Exception {

        private static final long serialVersionUID = 1;

        RestClientException(String message) {
            super(message);
        }
    }
}
