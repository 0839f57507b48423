package io.foundling.service.finding;

/**
 * One result of an examination or a check.
 *
 * @param sentence what was found; of an error or a warning also what was expected and what mends it
 */
public record Finding(Severity severity, String sentence) {

    public static Finding ok(String sentence) {
        return new Finding(Severity.OK, sentence);
    }

    public static Finding skipped(String sentence) {
        return new Finding(Severity.SKIPPED, sentence);
    }

    public static Finding warning(String sentence) {
        return new Finding(Severity.WARNING, sentence);
    }

    public static Finding error(String sentence) {
        return new Finding(Severity.ERROR, sentence);
    }
}
