package io.foundling.client;

/** An event is not with the broker yet, but in the spool, from where the next recorder of that directory sends it. */
public final class EventSpooledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EventSpooledException() {
        super("the audit recorder was closed before the broker had acknowledged; the event stays in the spool");
    }
}
