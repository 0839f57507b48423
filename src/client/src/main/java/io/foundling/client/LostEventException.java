package io.foundling.client;

/**
 * An event was lost, for the given reason. If the reason is {@link LossReason#INTERRUPTED} or an expired time limit,
 * the broker may have written the event nevertheless.
 */
public final class LostEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final LossReason reason;

    public LostEventException(LossReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public LostEventException(LossReason reason, Throwable cause) {
        super("the audit event was lost (" + reason + "): " + cause.getMessage(), cause);
        this.reason = reason;
    }

    private LostEventException(LossReason reason, String message, Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
    }

    /**
     * Returns an exception for a ticket. It has no stack trace: nobody throws it, the trace would only show threads of
     * the recorder, and many events may be lost in a short time.
     *
     * @param cause why the event was lost, or null if the message says all
     */
    public static LostEventException untraced(LossReason reason, String message, Throwable cause) {
        return new LostEventException(reason, message, cause);
    }

    public LossReason reason() {
        return reason;
    }
}
