package io.foundling.service.topics;

/** The broker did not answer as needed; the message is a sentence for the user. */
public final class BrokerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
