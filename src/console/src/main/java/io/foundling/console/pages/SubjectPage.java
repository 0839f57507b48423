package io.foundling.console.pages;

import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of one subject, the files of its trail and its explanation, and the search for a key. */
final class SubjectPage {

    private static final String PATH = "/subjects/{key}";
    private static final String SECTION = "/subjects";
    private static final String KEY = "key";
    private static final String TRAIL = "trail";
    private static final String EXPLANATION = "explanation";
    private static final String ROWS = "100";
    private static final int SEE_OTHER = 303;
    private static final Parameter<String> SOUGHT =
            Parameter.query(KEY, ParameterType.of("a text", Optional::of, Html.ANY), "The key of a subject.");

    private final Html html;

    SubjectPage(Html html) {
        this.html = html;
    }

    List<Operation> operations(PageOperations pages, ApiCalls api) {
        List<Parameter<?>> ofTrail = Query.parameters(api.operation(TRAIL));
        return List.of(
                pages.page("subject", PATH, "A subject", ofTrail, this::reply),
                pages.page("search", SECTION, "Finds a subject by its key", List.of(SOUGHT), SubjectPage::search),
                pages.file(TRAIL, PATH + "/trail.csv", MediaTypes.CSV, ofTrail),
                pages.file(TRAIL, PATH + "/trail.ndjson", MediaTypes.NDJSON, ofTrail),
                pages.file(
                        EXPLANATION,
                        PATH + "/explanation.txt",
                        MediaTypes.TEXT,
                        Query.parameters(api.operation(EXPLANATION))));
    }

    private static Reply search(PageCall call) {
        String sought = call.request().found(SOUGHT).orElse("").strip();
        SubjectName name = SubjectName.parse(sought)
                .orElseThrow(() -> ProblemException.of(
                        400,
                        (sought.isEmpty() ? "There is no key" : "'" + sought + "' is no key of a subject")
                                + "; it must be one such as record/university/declaration/4711"));
        return new Reply(SEE_OTHER, Html.TYPE, Map.of("Location", name.link()), new Reply.Whole(new byte[0]));
    }

    private Reply reply(PageCall call) {
        Query query = call.query();
        Query key = new Query(query.path(), Map.of());
        Optional<Row> known = call.found("subject", key);
        Row trail = call.ask(TRAIL, query.with("limit", ROWS));
        SubjectName name = SubjectName.parse(query.path().get(KEY)).orElseThrow();
        Optional<Row> state = known.flatMap(row -> row.found("disposition"));
        SubjectView.Explained explained = explained(call, key);
        Row[] answers = Stream.of(known, Optional.of(trail), explained.answer())
                .flatMap(Optional::stream)
                .toArray(Row[]::new);
        SubjectView view = new SubjectView(
                call.frame(name.shownId(), "", answers),
                name,
                state,
                known.flatMap(row -> row.found("warning")),
                state.map(TimelineDrawing::of),
                explained,
                PageCall.rows(trail),
                trail.has("next")
                        ? Optional.of(query.with("cursor", trail.text("next")).at(name.link()))
                        : Optional.empty());
        return html.page(200, "subject", view);
    }

    private static SubjectView.Explained explained(PageCall call, Query key) {
        try {
            return new SubjectView.Explained(Optional.of(call.ask(EXPLANATION, key)), "");
        } catch (ProblemException problem) {
            return new SubjectView.Explained(Optional.empty(), problem.problem().detail());
        }
    }
}
