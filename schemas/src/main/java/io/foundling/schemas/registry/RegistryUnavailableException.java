package io.foundling.schemas.registry;

import org.apache.kafka.common.errors.RetriableException;

/** The registry gave no usable answer in time. A Kafka message is not the reason and can be read again later. */
public class RegistryUnavailableException extends RetriableException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
