package io.foundling.console.pages;

import java.util.List;
import java.util.Optional;

/**
 * What the page of the policies shows.
 *
 * @param policies in the order in which they are tried
 * @param expectations what should begin after something else
 * @param form to try others; none for those who may not
 */
public record PoliciesView(
        Frame frame, List<PolicyLine> policies, List<PolicyLine> expectations, Optional<TrialForm> form) {

    /**
     * A form to try policies.
     *
     * @param token that it must be sent with
     * @param yaml the policies in force, or what was typed
     * @param since from when on warnings are compared
     * @param faults what is wrong with what was typed
     * @param trials of the visitor, the latest first
     */
    public record TrialForm(String token, String yaml, String since, List<String> faults, List<Row> trials) {}
}
