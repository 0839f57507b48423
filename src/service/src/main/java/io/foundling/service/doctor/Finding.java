package io.foundling.service.doctor;

/**
 * What an examination found.
 *
 * @param sentence what was found; of an error or a warning also what was expected and what mends it
 */
public record Finding(Severity severity, String sentence) {

    /** How much it matters. */
    public enum Severity {
        /** As it should be. */
        OK,
        /** Could not be examined. */
        SKIPPED,
        /** The service runs, with less than it promises or with a risk. */
        WARNING,
        /** The service cannot run like this, or would tell wrong things. */
        ERROR
    }

    static Finding ok(String sentence) {
        return new Finding(Severity.OK, sentence);
    }

    static Finding skipped(String sentence) {
        return new Finding(Severity.SKIPPED, sentence);
    }

    static Finding warning(String sentence) {
        return new Finding(Severity.WARNING, sentence);
    }

    static Finding error(String sentence) {
        return new Finding(Severity.ERROR, sentence);
    }
}
