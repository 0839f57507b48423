package io.foundling.service.replay.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** One JSON object of the input. A field name that starts with a slash is a JSON pointer (RFC 6901). */
public final class InputLine {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    private final JsonNode fields;

    private InputLine(JsonNode fields) {
        this.fields = fields;
    }

    /**
     * Reads one line of UTF-8 JSON.
     *
     * @throws LineRejectedException if it is no JSON object, is cut short, or names a field twice
     */
    public static InputLine parse(byte[] json) throws LineRejectedException {
        try {
            JsonNode read = JSON.readTree(json);
            if (!read.isObject()) {
                throw new LineRejectedException("is no JSON object");
            }
            return new InputLine(read);
        } catch (JsonProcessingException broken) {
            // The parser adds where the unfinished object began, with its source left out.
            String reason = broken.getOriginalMessage().replaceAll(" \\(start marker at .*\\)$", "");
            throw new LineRejectedException("is no valid JSON: " + reason);
        } catch (IOException broken) {
            throw new LineRejectedException("is no valid JSON: " + broken.getMessage());
        }
    }

    boolean has(String field) {
        return !at(field).isMissingNode();
    }

    /** Returns the field's text; numbers and booleans as written in JSON, objects as JSON; empty if absent or null. */
    Optional<String> text(String field) {
        JsonNode value = at(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        return Optional.of(value.isContainerNode() ? value.toString() : value.asText());
    }

    /**
     * Returns the field's text.
     *
     * @throws LineRejectedException if the field is absent, null or empty
     */
    String requiredText(String field) throws LineRejectedException {
        String text = text(field).orElse("");
        if (text.isEmpty()) {
            throw new LineRejectedException((has(field) ? "has nothing in field '" : "has no field '") + field + "'");
        }
        return text;
    }

    private JsonNode at(String field) {
        return field.startsWith("/") ? fields.at(field) : fields.path(field);
    }
}
