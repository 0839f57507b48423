package io.foundling.topology.lifecycle;

/**
 * What a fact says in words. A text that the event does not have is empty.
 *
 * @param externalId the receiver's name for a submission
 */
public record FactTexts(String detail, String waitingOn, String reason, String externalId) {

    public static final FactTexts NONE = new FactTexts("", "", "", "");

    /** Returns the texts; {@link #NONE} itself if all are empty, so that facts without texts cost nothing. */
    public static FactTexts of(String detail, String waitingOn, String reason, String externalId) {
        return detail.isEmpty() && waitingOn.isEmpty() && reason.isEmpty() && externalId.isEmpty()
                ? NONE
                : new FactTexts(detail, waitingOn, reason, externalId);
    }
}
