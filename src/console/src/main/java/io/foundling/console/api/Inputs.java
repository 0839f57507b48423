package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.foundling.audit.Status;
import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.StageFilter;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.Request;
import io.foundling.schemas.SubjectKey;
import java.util.Optional;

/** The parameters that several operations have. */
final class Inputs {

    static final int MAX_LIMIT = 1_000;

    private static final int MAX_NAME = 256;
    private static final int MAX_CURSOR = 8_192;

    static final ParameterType<String> NAME = ParameterType.text(MAX_NAME);
    static final ParameterType<String> SUBJECT_KEY = ParameterType.of(
            "the key of a subject, such as record/university/declaration/4711",
            Inputs::key,
            JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "string")
                    .put("example", "record/university/declaration/4711"));

    static final Parameter<String> KEY = Parameter.path(
            "key",
            SUBJECT_KEY,
            "The key of the subject; as one segment, in which its slashes are %2F, or with its slashes as they are.");
    static final Parameter<String> SOURCE = Parameter.query("source", NAME, "Only subjects of this source.");
    static final Parameter<String> STAGE = Parameter.query("stage", NAME, "Only subjects of this stage.");
    static final Parameter<String> PARENT = Parameter.query("parent", SUBJECT_KEY, "Only members of this parent.");
    static final Parameter<Status> STATUS =
            Parameter.query("status", ParameterType.oneOf(Status.class), "Only subjects in this status.");
    static final Parameter<Integer> LIMIT = Parameter.query(
            "limit",
            ParameterType.number(1, MAX_LIMIT),
            "Rows of a page, 100 if it is missing. Only for JSON: CSV and NDJSON have all rows.");
    static final Parameter<Cursor> CURSOR = Parameter.query(
            "cursor",
            ParameterType.of(
                    "one that the same list has returned as next",
                    Inputs::cursor,
                    JsonNodeFactory.instance.objectNode().put("type", "string").put("maxLength", MAX_CURSOR)),
            "Where the page begins: next of the page before.");

    private Inputs() {}

    /** Returns which sources and stages are asked for, as far as the caller may see them. */
    static StageFilter stages(Request request) {
        return new StageFilter(
                request.found(SOURCE), request.found(STAGE), request.caller().sources());
    }

    private static Optional<String> key(String text) {
        try {
            return Optional.of(SubjectKey.of(SubjectKey.parse(text)))
                    .filter(key -> key.indexOf('\0') < 0 && key.length() <= MAX_CURSOR);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Cursor> cursor(String text) {
        try {
            return Optional.of(text)
                    .filter(given -> !given.isEmpty() && given.length() <= MAX_CURSOR)
                    .map(Cursor::parse);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
