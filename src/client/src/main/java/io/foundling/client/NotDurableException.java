package io.foundling.client;

/**
 * A durable recorder cannot confirm that the event is on disk: the disk failed or was too slow, or the thread was
 * interrupted. The recorder keeps the event and still tries to deliver it. Recording it again with the same event id
 * does no harm.
 */
public final class NotDurableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotDurableException(String message) {
        super(message);
    }
}
