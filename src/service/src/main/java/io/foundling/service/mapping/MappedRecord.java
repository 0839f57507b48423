package io.foundling.service.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a mapping reads: a line of a file, or a record of a topic. A line has no key, timestamp or headers. A field name
 * that starts with a slash is a JSON pointer (RFC 6901).
 *
 * @param value a JSON object
 * @param key the record's key as text
 * @param headers texts by name
 */
public record MappedRecord(
        JsonNode value, Optional<String> key, Optional<Instant> timestamp, Map<String, String> headers) {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    public MappedRecord {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads one line of UTF-8 JSON.
     *
     * @throws RecordRejectedException if it is no JSON object, is cut short, or names a field twice
     */
    public static MappedRecord ofLine(byte[] json) throws RecordRejectedException {
        return new MappedRecord(object(json), Optional.empty(), Optional.empty(), Map.of());
    }

    /**
     * Reads a JSON object in UTF-8: a line, or the value of a record.
     *
     * @throws RecordRejectedException if it is no JSON object, is cut short, or names a field twice
     */
    public static JsonNode object(byte[] json) throws RecordRejectedException {
        try {
            JsonNode read = JSON.readTree(json);
            if (!read.isObject()) {
                throw new RecordRejectedException("is no JSON object");
            }
            return read;
        } catch (JsonProcessingException broken) {
            // The parser adds where the unfinished object began, with its source left out.
            String reason = broken.getOriginalMessage().replaceAll(" \\(start marker at .*\\)$", "");
            throw new RecordRejectedException("is no valid JSON: " + reason);
        } catch (IOException broken) {
            throw new RecordRejectedException("is no valid JSON: " + broken.getMessage());
        }
    }

    boolean has(String field) {
        return !at(field).isMissingNode();
    }

    /** Returns the field's text; numbers and booleans as written in JSON, objects as JSON; empty if absent or null. */
    Optional<String> text(String field) {
        JsonNode found = at(field);
        if (found.isMissingNode() || found.isNull()) {
            return Optional.empty();
        }
        return Optional.of(found.isContainerNode() ? found.toString() : found.asText());
    }

    /**
     * Returns the field's text.
     *
     * @throws RecordRejectedException if the field is absent, null or empty
     */
    String requiredText(String field) throws RecordRejectedException {
        String text = text(field).orElse("");
        if (text.isEmpty()) {
            throw new RecordRejectedException((has(field) ? "has nothing in field '" : "has no field '") + field + "'");
        }
        return text;
    }

    private JsonNode at(String field) {
        return field.startsWith("/") ? value.at(field) : value.path(field);
    }
}
