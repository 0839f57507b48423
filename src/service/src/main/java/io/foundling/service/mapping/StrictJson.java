package io.foundling.service.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/** Reads JSON strictly: nothing after it, no name twice, numbers as they are written. */
final class StrictJson {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    private StrictJson() {}

    /**
     * Reads an object in UTF-8. A text that holds an object is read as that object: some converters write JSON as a
     * text. Of an object that Connect has wrapped with its schema, the payload is read.
     *
     * @throws RecordRejectedException if it is no JSON object, is cut short, or names a field twice
     */
    static JsonNode object(byte[] json) throws RecordRejectedException {
        try {
            JsonNode read = opened(unwrapped(opened(JSON.readTree(json))));
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

    /** Returns the payload of what Connect's converter has wrapped, as it does by default; all else as it is. */
    static JsonNode unwrapped(JsonNode node) {
        boolean isWrapped = node.isObject() && node.size() == 2 && node.has("payload") && isSchema(node.path("schema"));
        return isWrapped ? node.get("payload") : node;
    }

    private static boolean isSchema(JsonNode node) {
        return node.isNull() || node.path("type").isTextual();
    }

    /** Returns the JSON that a text holds; nothing if it holds none. What is no text is returned as it is. */
    static JsonNode opened(JsonNode node) {
        if (!node.isTextual()) {
            return node;
        }
        try {
            return JSON.readTree(node.textValue());
        } catch (JsonProcessingException other) {
            return MissingNode.getInstance();
        }
    }
}
