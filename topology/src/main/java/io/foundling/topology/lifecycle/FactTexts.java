package io.foundling.topology.lifecycle;

import java.util.Comparator;

/**
 * What a fact says in words. A text that the event does not have is empty.
 *
 * @param externalId the receiver's name for a submission
 * @param promisedBy subject key of what promised that the work begins
 * @param outputHash of the result
 */
public record FactTexts(
        String detail, String waitingOn, String reason, String externalId, String promisedBy, String outputHash) {

    public static final FactTexts NONE = new FactTexts("", "", "", "", "", "");

    /** Text by text, in the order of the rule (rule L4). */
    static final Comparator<FactTexts> BY_TEXT = Comparator.comparing((FactTexts texts) -> texts.detail)
            .thenComparing(texts -> texts.waitingOn)
            .thenComparing(texts -> texts.reason)
            .thenComparing(texts -> texts.externalId)
            .thenComparing(texts -> texts.promisedBy)
            .thenComparing(texts -> texts.outputHash);

    /** Returns the texts; {@link #NONE} itself if all are empty, so that facts without texts cost nothing. */
    public static FactTexts of(
            String detail, String waitingOn, String reason, String externalId, String promisedBy, String outputHash) {
        boolean isNone = detail.isEmpty()
                && waitingOn.isEmpty()
                && reason.isEmpty()
                && externalId.isEmpty()
                && promisedBy.isEmpty()
                && outputHash.isEmpty();
        return isNone ? NONE : new FactTexts(detail, waitingOn, reason, externalId, promisedBy, outputHash);
    }

    /** Returns texts of which only the detail is there yet. */
    public static FactTexts ofDetail(String detail) {
        return of(detail, "", "", "", "", "");
    }

    public FactTexts waitingOn(String text) {
        return text.equals(waitingOn) ? this : of(detail, text, reason, externalId, promisedBy, outputHash);
    }

    public FactTexts reason(String text) {
        return of(detail, waitingOn, text, externalId, promisedBy, outputHash);
    }

    public FactTexts externalId(String text) {
        return text.equals(externalId) ? this : of(detail, waitingOn, reason, text, promisedBy, outputHash);
    }

    public FactTexts promisedBy(String text) {
        return of(detail, waitingOn, reason, externalId, text, outputHash);
    }

    public FactTexts outputHash(String text) {
        return of(detail, waitingOn, reason, externalId, promisedBy, text);
    }
}
