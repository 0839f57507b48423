package io.foundling.intake.lineage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.web.Shown;
import java.io.IOException;
import java.util.Optional;

/**
 * Parses a body, as far as a shape asks for it. Three bytes of a body can become a value of 80 bytes, so the values that are
 * kept are limited. For one body and one thread.
 */
final class EventJson {

    /** Elements of a list that are read; further ones are skipped. One more than the events of a batch. */
    static final int MAX_ELEMENTS = 1_001;

    /** Plans of Spark are deep. */
    static final int MAX_DEPTH = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    private final JsonParser parser;
    private final int maxValues;
    private int values;

    private EventJson(JsonParser parser, int maxValues) {
        this.parser = parser;
        this.maxValues = maxValues;
    }

    /**
     * Parses a body.
     *
     * @param maxValues that are kept of it: texts, numbers, objects and lists
     * @throws InvalidLineageException if it is not one value of JSON, or has more than may be kept
     */
    static JsonNode read(byte[] body, EventShape shape, int maxValues) {
        try (JsonParser parser = MAPPER.createParser(body)) {
            if (parser.nextToken() == null) {
                throw new InvalidLineageException("The body is empty, must be JSON");
            }
            JsonNode value = new EventJson(parser, maxValues).value(shape);
            if (parser.nextToken() != null) {
                throw new InvalidLineageException("The body has more than one value of JSON, must have one");
            }
            return value;
        } catch (StreamConstraintsException tooMuch) {
            throw new InvalidLineageException("The body is beyond a limit: " + reason(tooMuch));
        } catch (JsonProcessingException malformed) {
            throw new InvalidLineageException("The body is not JSON: " + reason(malformed));
        } catch (IOException unreadable) {
            throw new InvalidLineageException("The body is not JSON in UTF-8");
        }
    }

    /** Returns how many values there are in one, with itself. */
    static int values(JsonNode json) {
        int values = 1;
        for (JsonNode part : json) {
            values += values(part);
        }
        return values;
    }

    private static String reason(JsonProcessingException refusal) {
        return Shown.of(refusal.getOriginalMessage().lines().findFirst().orElse(""));
    }

    private JsonNode value(EventShape shape) throws IOException {
        values++;
        if (values > maxValues) {
            throw new InvalidLineageException("The body has more than " + maxValues
                    + " values that are read, must have fewer; send its events in parts, or with fewer outputs");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(shape);
            case START_ARRAY -> list(shape);
            default -> MAPPER.readTree(parser);
        };
    }

    private ObjectNode object(EventShape shape) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Optional<EventShape> part = shape.property(name);
            parser.nextToken();
            if (part.isPresent()) {
                object.set(name, value(part.get()));
            } else {
                parser.skipChildren();
            }
        }
        return object;
    }

    private ArrayNode list(EventShape shape) throws IOException {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Optional<EventShape> element = shape.elements();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (element.isPresent() && list.size() < MAX_ELEMENTS) {
                list.add(value(element.get()));
            } else {
                parser.skipChildren();
            }
        }
        return list;
    }
}
