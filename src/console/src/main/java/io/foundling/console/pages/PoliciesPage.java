package io.foundling.console.pages;

import io.foundling.console.policies.VisiblePolicies;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Problem;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.topology.settings.PolicySet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The page of the policies that this console knows, with a form to try others. Who is limited to sources sees those that
 * may be about them.
 */
final class PoliciesPage {

    static final String PATH = "/policies";

    private static final String POLICIES = "policies";
    private static final String SINCE = "since";
    private static final String WEEK = "7d";
    private static final int CONFLICT = 409;
    private static final int BAD_REQUEST = 400;

    private final Html html;
    private final Supplier<PolicySet> inForce;

    PoliciesPage(Html html, Supplier<PolicySet> inForce) {
        this.html = html;
        this.inForce = inForce;
    }

    List<Operation> operations(PageOperations pages) {
        return List.of(
                pages.page(POLICIES, PATH, "How long what may last", List.of(), call -> reply(call, 200, form(call))),
                pages.form("policies-test", PATH, "Tries other policies", List.of(), this::test));
    }

    private Reply test(PageCall call, Form sent) {
        try {
            Row test = call.post("policyTest", Map.of(SINCE, List.of(sent.text(SINCE))), sent.text(POLICIES));
            return Html.seeOther(PolicyTestPage.path(test));
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            if (problem.status() != BAD_REQUEST && problem.status() != CONFLICT) {
                throw refused;
            }
            return reply(call, problem.status(), Optional.of(refused(call, sent, problem)));
        }
    }

    private static Optional<PoliciesView.TrialForm> form(PageCall call) {
        return call.visitor().mayTry()
                ? Optional.of(new PoliciesView.TrialForm(
                        call.visitor().formToken(),
                        call.api()
                                .text(
                                        POLICIES,
                                        call.visitor().caller(),
                                        call.request().now(),
                                        MediaTypes.YAML),
                        WEEK,
                        List.of(),
                        trials(call)))
                : Optional.empty();
    }

    private static PoliciesView.TrialForm refused(PageCall call, Form sent, Problem problem) {
        List<String> faults = problem.errors().isEmpty()
                ? List.of(problem.detail())
                : problem.errors().stream().map(Problem.Fault::detail).toList();
        return new PoliciesView.TrialForm(
                call.visitor().formToken(), sent.text(POLICIES), sent.text(SINCE), faults, trials(call));
    }

    private static List<Row> trials(PageCall call) {
        return PageCall.rows(call.ask("policyTests"));
    }

    private Reply reply(PageCall call, int status, Optional<PoliciesView.TrialForm> form) {
        PolicySet policies = VisiblePolicies.of(inForce.get(), call.visitor().caller()::maySee)
                .visible();
        PoliciesView view = new PoliciesView(
                call.frame("Policies", PATH),
                policies.policies().stream().map(PolicyLine::of).toList(),
                policies.expectations().stream().map(PolicyLine::of).toList(),
                form);
        return html.page(status, POLICIES, view);
    }
}
