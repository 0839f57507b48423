package io.foundling.schemas;

import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.registry.RegistryUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Wraps a deserializer of another vendor, such as Confluent's, which reports an unreachable registry as a serialization
 * failure. Without the wrapper such a failure would turn a good message into a dead letter.
 */
final class ForeignDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    /** The end of the message of Confluent's client, with the error code of the registry. */
    private static final Pattern NOT_FOUND = Pattern.compile("error code: 404\\d*$");

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
        } catch (SerializationException | InvalidConfigurationException failure) {
            throw blamed(failure);
        }
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] message) {
        try {
            return foreign.deserialize(topic, headers, message);
        } catch (SerializationException | InvalidConfigurationException failure) {
            throw blamed(failure);
        }
    }

    @Override
    public void close() {
        foreign.close();
    }

    private static RuntimeException blamed(KafkaException failure) {
        return failure instanceof InvalidConfigurationException || isOfTheRegistry(failure)
                ? new RegistryUnavailableException(
                        "schema registry gave no usable answer: " + Causes.sentence(failure), failure)
                : failure;
    }

    /**
     * An I/O error comes from the network, unless Avro threw it while decoding. A registry that does not know an id
     * means that the message is bad.
     */
    private static boolean isOfTheRegistry(Throwable failure) {
        for (Throwable cause : Causes.of(failure.getCause())) {
            String name = cause.getClass().getName();
            if (name.startsWith("org.apache.avro.") || cause instanceof EOFException) {
                return false;
            }
            if (cause instanceof IOException) {
                return true;
            }
            if (cause.getClass().getSimpleName().equals("RestClientException")) {
                return !NOT_FOUND.matcher(String.valueOf(cause.getMessage())).find();
            }
        }
        return false;
    }
}
