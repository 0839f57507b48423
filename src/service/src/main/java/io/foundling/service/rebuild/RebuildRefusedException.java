package io.foundling.service.rebuild;

/** The state of the group or of the topics forbids a rebuild; the message is for the user. */
public final class RebuildRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RebuildRefusedException(String message) {
        super(message);
    }
}
