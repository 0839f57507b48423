package io.foundling.service.runtime;

/** A stream thread failed for a reason that does not pass, or that should have passed: a new one would fail as well. */
public final class FailedThreadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    FailedThreadException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    FailedThreadException(Throwable cause) {
        super(
                "a stream thread failed for good: " + cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                cause);
    }
}
