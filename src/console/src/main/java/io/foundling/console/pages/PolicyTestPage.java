package io.foundling.console.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.Reply;
import java.util.List;

/** The page of one trial of policies: how far it is, and what it has found. */
final class PolicyTestPage {

    private static final String TRIALS = PoliciesPage.PATH + "/tests/";
    private static final String PATH = TRIALS + "{id}";
    private static final String RESULT = "policyTestResult";
    private static final String LISTED = "200";

    private final Html html;

    PolicyTestPage(Html html) {
        this.html = html;
    }

    /** Returns where the page of a trial is. */
    static String path(Row test) {
        return TRIALS + test.text("id");
    }

    List<Operation> operations(PageOperations pages, ApiCalls api) {
        List<Parameter<?>> ofResult = Query.parameters(api.operation(RESULT));
        List<Parameter<?>> ofStop = Query.parameters(api.operation("policyTestStop"));
        return List.of(
                pages.page("policy-test", PATH, "A trial of policies", ofStop, this::reply),
                pages.file(RESULT, PATH + "/warnings.csv", MediaTypes.CSV, ofResult),
                pages.form("policy-test-stop", PATH + "/stop", "Stops a trial", ofStop, PolicyTestPage::stop));
    }

    private Reply reply(PageCall call) {
        Row test = call.ask(RESULT, call.query().with("limit", LISTED));
        return html.page(
                200, "policy-test", new PolicyTestView(call.frame("A trial of policies", PoliciesPage.PATH), test));
    }

    private static Reply stop(PageCall call, Form form) {
        return Html.seeOther(
                path(call.post("policyTestStop", call.query().path(), JsonNodeFactory.instance.objectNode())));
    }
}
