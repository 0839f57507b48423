package io.foundling.service.runtime;

/** A stream thread failed for a reason that does not pass: a new thread would fail as well. */
public final class FailedThreadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    FailedThreadException(Throwable cause) {
        super(
                "a stream thread failed for good: " + cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                cause);
    }
}
