package io.foundling.console.pages;

import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import java.util.ArrayList;
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
    private static final int NOT_FOUND = 404;
    private static final Parameter<String> SOUGHT =
            Parameter.query(KEY, ParameterType.of("a text", Optional::of, Html.ANY), "The key of a subject.");

    private final Html html;

    SubjectPage(Html html) {
        this.html = html;
    }

    List<Operation> operations(PageOperations pages, ApiCalls api) {
        List<Parameter<?>> ofTrail = Query.parameters(api.operation(TRAIL));
        List<Parameter<?>> ofPage = new ArrayList<>(ofTrail);
        ofPage.add(SubjectActs.ACTED);
        return List.of(
                pages.page("subject", PATH, "A subject", ofPage, call -> reply(call, Optional.empty())),
                pages.form("subject-act", PATH, "Acts on a subject", ofPage, this::act),
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
        return Html.seeOther(name.link());
    }

    private Reply act(PageCall call, Form form) {
        // Callers who may not act learn that before anything else.
        call.ask("bulkActs");
        try {
            Row done = call.post("act", call.query().path(), ActFields.json(form, Optional.empty()));
            SubjectName name = done.keyed(KEY).orElseThrow();
            return Html.seeOther(name.link() + "?" + SubjectActs.ACTED.name() + "=" + done.text("act"));
        } catch (ProblemException refused) {
            return reply(call, Optional.of(Refused.of(form, refused)));
        }
    }

    private Reply reply(PageCall call, Optional<Refused> refused) {
        Query query = call.query().without(SubjectActs.ACTED.name());
        Query key = new Query(query.path(), Map.of());
        Optional<Row> known = call.found("subject", key);
        SubjectName name = SubjectName.parse(query.path().get(KEY)).orElseThrow();
        Optional<Row> trail = trail(call, query.with("limit", ROWS), name);
        Optional<Row> state = known.flatMap(row -> row.found("disposition"));
        SubjectView.Explained explained = explained(call, key);
        Row[] answers = Stream.of(known, trail, explained.answer())
                .flatMap(Optional::stream)
                .toArray(Row[]::new);
        SubjectView view = new SubjectView(
                call.frame(name.shownId(), "", answers),
                name,
                state,
                known.flatMap(row -> row.found("warning")),
                state.map(TimelineDrawing::of),
                explained,
                new SubjectView.Trail(
                        trail.map(PageCall::rows).orElse(List.of()),
                        trail.filter(answer -> answer.has("next"))
                                .map(answer -> query.with("cursor", answer.text("next"))
                                        .at(name.link()))),
                SubjectActs.of(call, name, state, trail.isPresent(), refused));
        int status = trail.isPresent() ? 200 : NOT_FOUND;
        return html.page(refused.map(sent -> sent.problem().status()).orElse(status), "subject", view);
    }

    /** Whoever may expect a subject gets a page of one that nobody knows yet; anybody else a problem. */
    private static Optional<Row> trail(PageCall call, Query query, SubjectName name) {
        Visitor visitor = call.visitor();
        return visitor.mayAct() && visitor.caller().maySee(name.source())
                ? call.found(TRAIL, query)
                : Optional.of(call.ask(TRAIL, query));
    }

    private static SubjectView.Explained explained(PageCall call, Query key) {
        try {
            return new SubjectView.Explained(Optional.of(call.ask(EXPLANATION, key)), "");
        } catch (ProblemException problem) {
            return new SubjectView.Explained(Optional.empty(), problem.problem().detail());
        }
    }
}
