package io.foundling.console.delivery;

/** Another process has taken the receiver over; this one must not send anything to it any more. */
public final class NoLongerOwnerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoLongerOwnerException(String receiver, Throwable cause) {
        super("another process has taken over receiver " + receiver, cause);
    }
}
