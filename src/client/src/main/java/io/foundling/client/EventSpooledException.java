package io.foundling.client;

/**
 * The recorder was closed before the broker had acknowledged the event. The event is not lost: it is in the spool, and
 * the next recorder with the same directory sends it.
 */
public final class EventSpooledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EventSpooledException() {
        super("the audit recorder was closed before the broker had acknowledged; the event stays in the spool");
    }
}
