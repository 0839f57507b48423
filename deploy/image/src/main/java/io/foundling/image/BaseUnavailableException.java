package io.foundling.image;

/** This machine has not what the base is made of; the message says what. */
final class BaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BaseUnavailableException(String message) {
        super(message);
    }
}
