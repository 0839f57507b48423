package io.foundling.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A request for a page, by somebody who is known. */
record PageCall(Request request, Visitor visitor, Assets assets, ApiCalls api) {

    private static final int NOT_FOUND = 404;
    private static final String AS_OF = "asOf";

    Query query() {
        return Query.of(request);
    }

    /** Returns a frame that says up to when all of the answers are complete. */
    Frame frame(String title, String section, Row... answers) {
        List<Moment> known = Stream.of(answers)
                .flatMap(answer -> answer.moment(AS_OF).stream())
                .toList();
        Optional<Moment> asOf = known.size() < answers.length
                ? Optional.empty()
                : known.stream().min(Comparator.comparing(Moment::at));
        return new Frame(title, section, Optional.of(visitor), asOf, request.target(), assets);
    }

    /** Asks an operation of the API. */
    Row ask(String operation, Query query) {
        JsonNode json = api.json(operation, visitor.caller(), request.now(), query.path(), query.texts());
        return new Row(json, request.now());
    }

    /** Has an operation of the API do something. */
    Row post(String operation, Map<String, String> path, JsonNode body) {
        return new Row(api.post(operation, visitor.caller(), request.now(), path, body), request.now());
    }

    /** Has an operation of the API read a text. */
    Row post(String operation, Map<String, List<String>> query, String body) {
        return new Row(api.post(operation, visitor.caller(), request.now(), query, body), request.now());
    }

    Row ask(String operation) {
        return ask(operation, new Query(Map.of(), Map.of()));
    }

    /** Asks an operation about what there may not be: a subject that retention has removed may still have a trail. */
    Optional<Row> found(String operation, Query query) {
        try {
            return Optional.of(ask(operation, query));
        } catch (ProblemException problem) {
            if (problem.problem().status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    /** Returns the rows of an answer. */
    static List<Row> rows(Row answer) {
        return answer.rows("rows");
    }
}
