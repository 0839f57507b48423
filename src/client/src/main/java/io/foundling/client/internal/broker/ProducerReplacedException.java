package io.foundling.client.internal.broker;

import org.apache.kafka.common.KafkaException;

/** The event was not accepted because the producer is being replaced; the next one takes it. */
public final class ProducerReplacedException extends KafkaException {

    private static final long serialVersionUID = 1L;

    ProducerReplacedException(String message) {
        super(message);
    }

    ProducerReplacedException(String message, Throwable cause) {
        super(message, cause);
    }
}
