package io.foundling.console.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.Reply;
import java.util.List;
import java.util.Map;

/** The pages of acts on many subjects: all of a caller, and one, which can be confirmed and stopped there. */
final class ActsPage {

    private static final String SECTION = "/acts";
    private static final String PATH = SECTION + "/{id}";
    private static final String ID = "id";

    private final Html html;

    ActsPage(Html html) {
        this.html = html;
    }

    List<Operation> operations(PageOperations pages, ApiCalls api) {
        List<Parameter<?>> parameters = Query.parameters(api.operation("bulkActProgress"));
        return List.of(
                pages.page("acts", SECTION, "Acts on many subjects", List.of(), this::all),
                pages.page("act", PATH, "An act on many subjects", parameters, this::one),
                pages.form("act-confirm", PATH + "/confirm", "Begins a counted act", parameters, ActsPage::confirm),
                pages.form("act-stop", PATH + "/stop", "Stops an act", parameters, ActsPage::stop));
    }

    private Reply all(PageCall call) {
        List<Row> acts = PageCall.rows(call.ask("bulkActs"));
        return html.page(200, "acts", new ActsView(call.frame("Acts", SECTION), acts));
    }

    private Reply one(PageCall call) {
        Row act = call.ask("bulkActProgress", call.query());
        String title = Words.of(act.text("act")) + " " + ActSentences.subjects(act.number("counted"));
        return html.page(200, "act", new ActView(call.frame(title, SECTION), act, ActSentences.of(act)));
    }

    private static Reply confirm(PageCall call, Form form) {
        String id = call.query().path().get(ID);
        return shown(call.post(
                "bulkAct", Map.of(), JsonNodeFactory.instance.objectNode().put("confirm", id)));
    }

    private static Reply stop(PageCall call, Form form) {
        return shown(call.post("bulkActStop", call.query().path(), JsonNodeFactory.instance.objectNode()));
    }

    /** Leads to the page of an act. */
    static Reply shown(Row act) {
        return Html.seeOther(SECTION + "/" + act.text(ID));
    }
}
