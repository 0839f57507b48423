package io.foundling.console.access;

import java.util.Locale;

/**
 * The credentials of a call are missing or not accepted. The message is a sentence for the caller and the log: it has
 * nothing of the credentials, and no line break. It has no stack, because anybody can have any number of them made.
 */
public final class AccessDeniedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    public AccessDeniedException(Reason reason, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why a call is denied. */
    public enum Reason {
        /** There are no credentials. */
        MISSING,
        /** They are neither a token nor a JWT that is acceptable in its form. */
        MALFORMED,
        /** No such token is configured. */
        UNKNOWN,
        EXPIRED,
        NOT_YET_VALID,
        /** The signature is not one of the issuer's. */
        SIGNATURE,
        /** The JWT is of another issuer. */
        ISSUER,
        /** The JWT is for another program. */
        AUDIENCE,
        /** The JWT is the caller's, but grants nothing here: 403 rather than 401. */
        GRANTS_NOTHING;

        /** Returns the value of the label of a metric. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
