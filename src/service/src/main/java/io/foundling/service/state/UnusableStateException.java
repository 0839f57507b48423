package io.foundling.service.state;

import org.apache.kafka.streams.errors.StreamsException;

/**
 * State that cannot be used and that no restore repairs. The message says what was found and what to do. It is an
 * exception of Kafka Streams, since the topology would take any other for a fault of one subject.
 */
public final class UnusableStateException extends StreamsException {

    private static final long serialVersionUID = 1;

    UnusableStateException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
