package io.foundling.console.pages;

import java.util.List;

/**
 * What the page of the policies shows.
 *
 * @param policies in the order in which they are tried
 * @param expectations what should begin after something else
 */
public record PoliciesView(Frame frame, List<PolicyLine> policies, List<PolicyLine> expectations) {}
