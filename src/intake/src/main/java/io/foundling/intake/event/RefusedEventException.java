package io.foundling.intake.event;

/** JSON is no event of the contract. The message is a sentence that names the place in the JSON. It has no stack. */
public final class RefusedEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedEventException(String sentence) {
        super(sentence, null, false, false);
    }

    /** A value is not as expected. */
    static RefusedEventException of(String path, String found, String expected) {
        return new RefusedEventException(path + " is " + found + ", must be " + expected);
    }
}
