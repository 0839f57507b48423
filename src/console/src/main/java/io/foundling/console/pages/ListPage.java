package io.foundling.console.pages;

import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.Problem;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import java.util.List;
import java.util.Optional;

/**
 * A page that is one list of the API: with its filters as a form, page by page, and as files.
 *
 * @param path of the page
 * @param section of the navigation
 * @param operation of the API
 */
record ListPage(String path, String section, String title, String operation, Html html) {

    private static final String ROWS = "50";
    private static final int BAD_REQUEST = 400;
    private static final String CURSOR = "cursor";

    List<Operation> operations(PageOperations pages, ApiCalls api) {
        List<Parameter<?>> parameters = Query.parameters(api.operation(operation));
        return List.of(
                pages.page(path, path, title, parameters, this::reply),
                pages.file(operation, path + ".csv", MediaTypes.CSV, parameters),
                pages.file(operation, path + ".ndjson", MediaTypes.NDJSON, parameters));
    }

    private Reply reply(PageCall call) {
        Query query = call.query();
        try {
            Row answer = call.ask(operation, query.with("limit", ROWS));
            return page(call, 200, view(call, call.frame(title, section, answer), answer, Optional.empty()));
        } catch (ProblemException wrong) {
            if (wrong.problem().status() != BAD_REQUEST) {
                throw wrong;
            }
            return page(call, BAD_REQUEST, faulty(call, wrong.problem()));
        }
    }

    private Reply page(PageCall call, int status, ListView view) {
        return html.page(status, path.substring(1), view);
    }

    private ListView view(PageCall call, Frame frame, Row answer, Optional<String> fault) {
        Query query = call.query();
        FilterForm form = FilterForm.of(path, call.api().operation(operation), query.texts(), List.of());
        Query filters = query.without(CURSOR);
        return new ListView(
                frame,
                form,
                PageCall.rows(answer),
                new ListView.Links(
                        query.has(CURSOR) ? Optional.of(filters.at(path)) : Optional.empty(),
                        answer.has("next")
                                ? Optional.of(filters.with(CURSOR, answer.text("next"))
                                        .at(path))
                                : Optional.empty(),
                        filters.at(path + ".csv"),
                        filters.at(path + ".ndjson")),
                fault);
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
                isShown ? Optional.empty() : Optional.of(problem.detail()));
    }
}
