package io.foundling.console.access;

/** The credentials are missing, wrong or expired. The message is for the caller, and repeats nothing of them. */
public final class AccessDeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AccessDeniedException(String message) {
        super(message);
    }
}
