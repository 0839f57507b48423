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

    public LossReason reason() {
        return reason;
    }
}
