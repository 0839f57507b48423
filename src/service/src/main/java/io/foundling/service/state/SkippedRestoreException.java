package io.foundling.service.state;

/** A restore would leave out records of a changelog. A thread that opens the store anew restores all of it. */
public final class SkippedRestoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SkippedRestoreException(String sentence) {
        super(sentence);
    }
}
