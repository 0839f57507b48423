package io.foundling.service.topics;

/** Another application writes the output topics. */
public final class OtherApplicationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public OtherApplicationException(String sentence) {
        super(sentence);
    }
}
