package io.foundling.console.pages;

import io.foundling.console.web.Operation;
import io.foundling.console.web.Reply;
import io.foundling.topology.settings.PolicySet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The page of the policies that this console knows. Who is limited to sources sees those that may be about them. */
final class PoliciesPage {

    private static final String PATH = "/policies";

    private final Html html;
    private final Supplier<PolicySet> inForce;

    PoliciesPage(Html html, Supplier<PolicySet> inForce) {
        this.html = html;
        this.inForce = inForce;
    }

    List<Operation> operations(PageOperations pages) {
        return List.of(pages.page("policies", PATH, "How long what may last", List.of(), this::reply));
    }

    private Reply reply(PageCall call) {
        PolicySet policies = inForce.get();
        PoliciesView view = new PoliciesView(
                call.frame("Policies", PATH),
                policies.policies().stream()
                        .filter(policy -> isVisible(policy.match().source(), call))
                        .map(PolicyLine::of)
                        .toList(),
                policies.expectations().stream()
                        .filter(expectation -> isVisible(expectation.after().source(), call))
                        .filter(expectation -> isVisible(expectation.expected().source(), call))
                        .map(PolicyLine::of)
                        .toList());
        return html.page(200, "policies", view);
    }

    private static boolean isVisible(Optional<String> source, PageCall call) {
        return source.map(call.visitor().caller()::maySee).orElse(true);
    }
}
