package io.foundling.topology.lifecycle;

/**
 * What a fact says in words. A text that the event does not have is empty.
 *
 * @param externalId the receiver's name for a submission
 */
public record FactTexts(String detail, String waitingOn, String reason, String externalId) {

    public static final FactTexts NONE = new FactTexts("", "", "", "");
}
