package io.foundling.service.replay.mapping;

/** A line of input that gives no event; the message continues the words "line 7". */
public final class LineRejectedException extends Exception {

    private static final long serialVersionUID = 1;

    public LineRejectedException(String message) {
        super(message);
    }
}
