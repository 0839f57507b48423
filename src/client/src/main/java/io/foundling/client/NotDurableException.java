package io.foundling.client;

/**
 * A durable recorder could not promise that the event is on disk: the disk took too long, or the thread was interrupted. The
 * event is not lost; recording it again with the same event id does no harm.
 */
public final class NotDurableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotDurableException(String message) {
        super(message);
    }
}
