package io.foundling.service.replay;

/** The broker or the registry cannot be used any more; the message is for the user. */
public final class ReplayStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ReplayStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
