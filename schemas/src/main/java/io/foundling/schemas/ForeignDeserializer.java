package io.foundling.schemas;

import io.foundling.schemas.registry.RegistryUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Someone else's deserializer, as Confluent's, which reports a registry that is away as a failure of serialization. Here
 * that blames the message, and would make a dead letter of it.
 */
final class ForeignDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private final Deserializer<T> foreign;

    ForeignDeserializer(Deserializer<T> foreign) {
        this.foreign = foreign;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        foreign.configure(settings, isKey);
    }

    @Override
    public T deserialize(String topic, byte[] message) {
        try {
            return foreign.deserialize(topic, message);
        } catch (SerializationException failure) {
            throw blamed(failure);
        }
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] message) {
        try {
            return foreign.deserialize(topic, headers, message);
        } catch (SerializationException failure) {
            throw blamed(failure);
        }
    }

    @Override
    public void close() {
        foreign.close();
    }

    /** An I/O error is the network's, but for the end of a message that is too short. */
    private static RuntimeException blamed(SerializationException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && !(cause instanceof EOFException)) {
                return new RegistryUnavailableException(
                        "schema registry gave no usable answer: " + cause.getMessage(), failure);
            }
        }
        return failure;
    }
}
