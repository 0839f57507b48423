package io.foundling.service.state;

import org.apache.kafka.streams.errors.StreamsException;

/**
 * State that cannot be used and that no restore mends; the message tells what was found and what to do. An exception of Kafka
 * Streams, since the topology takes any other for a fault of one subject.
 */
public final class UnusableStateException extends StreamsException {

    private static final long serialVersionUID = 1;

    UnusableStateException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
