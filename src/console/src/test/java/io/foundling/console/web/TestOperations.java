package io.foundling.console.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Operations for tests: one that answers what it was asked, and some that fail. */
final class TestOperations {

    enum Colour {
        RED,
        DARK_BLUE
    }

    static final Parameter<String> NAME = Parameter.query("name", ParameterType.text(10), "A text.");
    static final Parameter<Integer> NUMBER = Parameter.query("number", ParameterType.number(1, 1_000), "A number.")
            .or("7");
    static final Parameter<Colour> COLOUR = Parameter.query("colour", ParameterType.oneOf(Colour.class), "A constant.");
    static final Parameter<Instant> SINCE = Parameter.query("since", ParameterType.instant(), "A moment.");
    static final Parameter<Duration> AGE = Parameter.query("age", ParameterType.duration(), "A duration.");
    static final Parameter<Boolean> FLAG = Parameter.query("flag", ParameterType.flag(), "A flag.");
    static final Parameter<String> KEY = Parameter.path("key", ParameterType.text(200), "A key.");
    static final Parameter<String> TAG = Parameter.header("X-Tag", ParameterType.text(10), "A text.");
    static final Parameter<String> EACH =
            Parameter.query("each", ParameterType.text(10), "Texts.").many();

    private static final ObjectNode ANY = JsonNodeFactory.instance.objectNode();

    private TestOperations() {}

    static List<Operation> all() {
        return List.of(echo(), keyed(), many(), failing(), breaking(), ending(), posting());
    }

    static Operation echo() {
        return Operation.get(
                "echo",
                "/echo",
                Role.READER,
                "Answers its parameters",
                List.of(NAME, NUMBER, COLOUR, SINCE, AGE, FLAG),
                Answer.json("Them.", ANY).or(MediaTypes.TEXT, ANY),
                request -> {
                    ObjectNode json = JsonNodeFactory.instance.objectNode();
                    for (Parameter<?> parameter : request.operation().parameters()) {
                        request.found(parameter).ifPresent(value -> json.put(parameter.name(), value.toString()));
                    }
                    return request.mediaType().equals(MediaTypes.TEXT) ? Reply.text(json.toString()) : Reply.json(json);
                });
    }

    private static Operation keyed() {
        return Operation.get(
                "keyed",
                "/things/{key}/part",
                Role.READER,
                "Answers its key",
                List.of(KEY),
                Answer.json("It.", ANY),
                request -> Reply.json(JsonNodeFactory.instance.objectNode().put("key", request.value(KEY))));
    }

    private static Operation many() {
        return Operation.get(
                "many",
                "/many",
                Role.READER,
                "Answers texts",
                List.of(EACH),
                Answer.json("Them.", ANY),
                request -> Reply.json(
                        JsonNodeFactory.instance.objectNode().put("each", String.join(",", request.all(EACH)))));
    }

    private static Operation failing() {
        return Operation.get(
                "failing", "/failing", Role.READER, "Fails", List.of(), Answer.json("Nothing.", ANY), request -> {
                    throw new IllegalStateException("secret of the inside");
                });
    }

    private static Operation breaking() {
        return halfway("breaking", () -> new IllegalStateException("secret of the inside"));
    }

    private static Operation ending() {
        return halfway("ending", () -> ProblemException.of(503, "The database is away"));
    }

    private static Operation halfway(String id, Supplier<RuntimeException> failure) {
        return Operation.get(
                id,
                "/" + id,
                Role.READER,
                "Fails in the middle",
                List.of(),
                new Answer("Half.", Map.of(MediaTypes.TEXT, ANY)),
                request -> Reply.stream(MediaTypes.TEXT, out -> {
                    out.write("half".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    throw failure.get();
                }));
    }

    private static Operation posting() {
        return new Operation(
                "posting",
                new Route(Method.POST, "/posting"),
                Optional.of(Role.OPERATOR),
                "Answers its body",
                List.of(TAG),
                Optional.of(new Body("Any.", 1_000, Map.of(MediaTypes.JSON, ANY))),
                new Answer("It.", Map.of(MediaTypes.TEXT, ANY)),
                request -> Reply.text(request.caller().name() + ":" + request.body().length
                        + request.found(TAG).map(tag -> " " + tag).orElse("")));
    }
}
