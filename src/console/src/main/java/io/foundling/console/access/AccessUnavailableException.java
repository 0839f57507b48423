package io.foundling.console.access;

/**
 * Credentials cannot be judged at the moment, because the issuer's keys are not known: 503 rather than 401. The message
 * is a sentence for the caller.
 */
public final class AccessUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public AccessUnavailableException(String sentence) {
        super(sentence, null, false, false);
    }
}
