package io.foundling.service.runtime;

/** A stream thread failed in a way that nobody foresaw, and would fail again. */
public final class FailedThreadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    FailedThreadException(Throwable cause) {
        super(
                "a stream thread failed for good: " + cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                cause);
    }
}
