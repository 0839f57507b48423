package io.foundling.console.policies;

/** A trail that could not be read to its end. The message is for the user. */
public final class TrailNotReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TrailNotReadException(String message) {
        super(message);
    }
}
