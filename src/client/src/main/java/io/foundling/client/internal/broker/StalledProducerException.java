package io.foundling.client.internal.broker;

import org.apache.kafka.common.KafkaException;

/** The event was given to a producer that was replaced because it made no progress; it has to be sent again. */
public final class StalledProducerException extends KafkaException {

    private static final long serialVersionUID = 1;

    StalledProducerException(Throwable cause) {
        super("the Kafka producer made no progress and was replaced", cause);
    }
}
