package io.foundling.console.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.Problem;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Shown;
import io.foundling.topology.text.Suggestion;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a request, read as strictly as parameters are: it notes all that is wrong, and {@link #check} refuses it.
 * For one request.
 */
final class JsonInput {

    private static final int MAX_DEPTH = 8;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode object;
    private final String prefix;
    private final Instant now;
    private final List<String> known = new ArrayList<>();
    private final List<Problem.Fault> faults;
    private final List<JsonInput> parts = new ArrayList<>();

    private JsonInput(ObjectNode object, String prefix, Instant now, List<Problem.Fault> faults) {
        this.object = object;
        this.prefix = prefix;
        this.now = now;
        this.faults = faults;
    }

    /** @throws ProblemException if it is no object of JSON */
    static JsonInput of(byte[] body, Instant now) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return new JsonInput(object, "", now, new ArrayList<>());
            }
            throw ProblemException.of(400, "The body is not an object of JSON");
        } catch (JsonProcessingException malformed) {
            throw ProblemException.of(
                    400,
                    "The body is not JSON: "
                            + Shown.of(malformed
                                    .getOriginalMessage()
                                    .lines()
                                    .findFirst()
                                    .orElse("")));
        } catch (IOException unreadable) {
            throw ProblemException.of(400, "The body is not JSON in UTF-8");
        }
    }

    /** Returns the value of a text that may be missing. */
    <T> Optional<T> found(String name, ParameterType<T> type) {
        JsonNode value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<T> parsed = value.isTextual() ? type.parser().apply(value.textValue(), now) : Optional.empty();
        if (parsed.isEmpty()) {
            fault(
                    name,
                    "is " + Shown.of(value.isTextual() ? value.textValue() : value.toString()) + ", must be "
                            + type.expected());
        }
        return parsed;
    }

    /** Returns the value of a text that must be there; none if it is wrong. */
    <T> Optional<T> needed(String name, ParameterType<T> type) {
        if (value(name) == null) {
            fault(name, "is missing, must be " + type.expected());
        }
        return found(name, type);
    }

    /** Returns an object of texts, which may be missing. */
    Optional<Map<String, String>> texts(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        if (value instanceof ObjectNode entries
                && entries.properties().stream()
                        .allMatch(entry -> entry.getValue().isTextual())) {
            entries.properties()
                    .forEach(entry -> texts.put(entry.getKey(), entry.getValue().textValue()));
        } else {
            fault(name, "must be an object whose values are texts");
        }
        return Optional.of(texts);
    }

    /** Returns an object within, which may be missing. */
    Optional<JsonInput> object(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof ObjectNode within)) {
            fault(name, "must be an object");
            return Optional.empty();
        }
        JsonInput part = new JsonInput(within, prefix + name + '.', now, faults);
        parts.add(part);
        return Optional.of(part);
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    void fault(String name, String what) {
        faults.add(new Problem.Fault(prefix + name, prefix + name + " " + what));
    }

    /** @throws ProblemException if something is wrong, or there is something that nobody has asked for */
    void check() {
        refuseUnknown();
        if (!faults.isEmpty()) {
            throw new ProblemException(Problem.wrongInput(faults));
        }
    }

    private void refuseUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String instead = known.isEmpty() ? "there are none here" : "must be one of " + String.join(", ", known);
                faults.add(new Problem.Fault(
                        prefix + name,
                        "the field " + Shown.of(prefix + name) + " is unknown here, " + instead
                                + Suggestion.of(name, known)));
            }
        });
        parts.forEach(JsonInput::refuseUnknown);
    }

    private JsonNode value(String name) {
        if (!known.contains(name)) {
            known.add(name);
        }
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
