package io.foundling.console.pages;

import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of one parent: its settlements, and by name who is missing, also before it closes. */
final class BatchPage {

    private static final String PATH = "/batches/{key}";
    private static final String SECTION = "/batches";
    private static final String MISSING = "missing";
    private static final String SETTLEMENTS = "settlements";
    private static final String ROWS = "50";
    private static final int NOT_FOUND = 404;

    private final Html html;

    BatchPage(Html html) {
        this.html = html;
    }

    List<Operation> operations(PageOperations pages, ApiCalls api) {
        List<Parameter<?>> parameters = Query.parameters(api.operation(MISSING));
        return List.of(
                pages.page("batch", PATH, "A parent, and who is missing", parameters, this::reply),
                pages.file(MISSING, PATH + "/missing.csv", MediaTypes.CSV, parameters),
                pages.file(MISSING, PATH + "/missing.ndjson", MediaTypes.NDJSON, parameters));
    }

    private Reply reply(PageCall call) {
        Query query = call.query();
        Query key = new Query(query.path(), Map.of());
        Optional<Row> known = call.found("subject", key);
        Row missing = call.ask(MISSING, query.with("limit", ROWS));
        SubjectName name = SubjectName.parse(query.path().get("key"))
                .orElseThrow(() -> ProblemException.of(NOT_FOUND, "This is no key of a subject"));
        Query ofParent = new Query(Map.of(), Map.of("parent", List.of(name.key())));
        Row settled = call.ask(SETTLEMENTS, ofParent);
        Row[] answers =
                Stream.concat(known.stream(), Stream.of(missing, settled)).toArray(Row[]::new);
        BatchView view = new BatchView(
                call.frame(name.shownId(), SECTION, answers),
                name,
                known.flatMap(row -> row.found("disposition")),
                PageCall.rows(settled),
                settled.has("next") ? Optional.of(ofParent.at("/" + SETTLEMENTS)) : Optional.empty(),
                PageCall.rows(missing),
                missing.has("next")
                        ? Optional.of(query.with("cursor", missing.text("next")).at(name.parentLink()))
                        : Optional.empty());
        return html.page(200, "batch", view);
    }
}
