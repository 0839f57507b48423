package io.foundling.intake.lineage;

/**
 * An event is not one of OpenLineage, or not one that can be translated. The message is a sentence for its sender, with the
 * path of what is wrong. It has no stack, because a sender can have any number of them made.
 */
final class InvalidLineageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidLineageException(String sentence) {
        super(sentence, null, false, false);
    }
}
