package io.foundling.console.pages;

import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.Problem;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page that is one list of the API: with its filters as a form, page by page, and as files.
 *
 * @param path of the page
 * @param section of the navigation
 * @param operation of the API
 * @param takesActs whether the API takes acts on all that it lists
 * @param beside adds what others know of its rows
 */
record ListPage(
        String path, String section, String title, String operation, boolean takesActs, Beside beside, Html html) {

    private static final String ROWS = "50";
    private static final int BAD_REQUEST = 400;
    private static final String CURSOR = "cursor";

    List<Operation> operations(PageOperations pages, ApiCalls api) {
        List<Parameter<?>> parameters = Query.parameters(api.operation(operation));
        List<Operation> all = new ArrayList<>(List.of(
                pages.page(path, path, title, parameters, call -> reply(call, Optional.empty())),
                pages.file(operation, path + ".csv", MediaTypes.CSV, parameters),
                pages.file(operation, path + ".ndjson", MediaTypes.NDJSON, parameters)));
        if (takesActs) {
            all.add(pages.form(operation + "-act", path, "Counts what an act would be for", parameters, this::act));
        }
        return all;
    }

    private Reply act(PageCall call, Form form) {
        // Callers who may not act learn that before anything else.
        call.ask("bulkActs");
        try {
            return ActsPage.shown(call.post("bulkAct", Map.of(), ListActs.json(call, operation, form)));
        } catch (ProblemException refused) {
            return reply(call, Optional.of(Refused.of(form, refused)));
        }
    }

    private Reply reply(PageCall call, Optional<Refused> refused) {
        Query query = call.query();
        try {
            Row answer = call.ask(operation, query.with("limit", ROWS));
            ListView view = view(call, call.frame(title, section, answer), answer, refused);
            return page(refused.map(sent -> sent.problem().status()).orElse(200), view);
        } catch (ProblemException wrong) {
            if (wrong.problem().status() != BAD_REQUEST) {
                throw wrong;
            }
            return page(BAD_REQUEST, faulty(call, wrong.problem()));
        }
    }

    private Reply page(int status, ListView view) {
        return html.page(status, path.substring(1), view);
    }

    private ListView view(PageCall call, Frame frame, Row answer, Optional<Refused> refused) {
        Query query = call.query();
        FilterForm form = FilterForm.of(path, call.api().operation(operation), query.texts(), List.of());
        Query filters = query.without(CURSOR);
        Beside.Shown shown = beside.of(call, PageCall.rows(answer));
        return new ListView(
                frame,
                form,
                shown.rows(),
                new ListView.Links(
                        query.has(CURSOR) ? Optional.of(filters.at(path)) : Optional.empty(),
                        answer.has("next")
                                ? Optional.of(filters.with(CURSOR, answer.text("next"))
                                        .at(path))
                                : Optional.empty(),
                        filters.at(path + ".csv"),
                        filters.at(path + ".ndjson")),
                Optional.empty(),
                shown.note(),
                takesActs && (answer.rows("rows").size() > 0 || refused.isPresent())
                        ? ListActs.of(call, path, refused)
                        : ActOffer.NONE);
    }

    private ListView faulty(PageCall call, Problem problem) {
        Query query = call.query();
        FilterForm form = FilterForm.of(path, call.api().operation(operation), query.texts(), problem.errors());
        boolean isShown = form.fields().stream().anyMatch(field -> field.fault().isPresent());
        return new ListView(
                call.frame(title, section),
                form,
                List.of(),
                new ListView.Links(Optional.of(path), Optional.empty(), path + ".csv", path + ".ndjson"),
                isShown ? Optional.empty() : Optional.of(problem.detail()),
                Optional.empty(),
                ActOffer.NONE);
    }
}
