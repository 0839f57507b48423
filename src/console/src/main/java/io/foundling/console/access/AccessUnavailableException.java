package io.foundling.console.access;

import java.time.Duration;

/**
 * Credentials cannot be judged at the moment, because the issuer's keys are not known: 503 rather than 401. The message is a sentence
 * for the caller.
 */
public final class AccessUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    public AccessUnavailableException(String sentence, Duration retryAfter) {
        super(sentence, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** Returns when to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
