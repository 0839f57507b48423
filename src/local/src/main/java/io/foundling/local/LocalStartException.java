package io.foundling.local;

/** Says in one sentence why the broker or the registry could not be started. */
public final class LocalStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalStartException(String message) {
        super(message);
    }

    LocalStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
