package io.foundling.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request for a page, by somebody who is known. */
record PageCall(Request request, Visitor visitor, Assets assets, ApiCalls api) {

    private static final int NOT_FOUND = 404;
    private static final String AS_OF = "asOf";

    Query query() {
        return Query.of(request);
    }

    Frame frame(String title, String section) {
        return new Frame(title, section, Optional.of(visitor), Optional.empty(), request.target(), assets);
    }

    /** Asks an operation of the API. */
    Row ask(String operation, Query query) {
        JsonNode json = api.json(operation, visitor.caller(), request.now(), query.path(), query.texts());
        return new Row(json, request.now());
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

    /** Returns a frame that says how far the rows are. */
    Frame frame(String title, String section, Row answer) {
        return frame(title, section).asOf(answer.moment(AS_OF));
    }

    /** Returns the rows of an answer. */
    static List<Row> rows(Row answer) {
        return answer.rows("rows");
    }
}
