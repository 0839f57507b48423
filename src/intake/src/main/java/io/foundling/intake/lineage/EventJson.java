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

/** Parses what a request has, as far as a shape asks for it. Pure functions. */
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

    private EventJson() {}

    /** @throws InvalidLineageException if it is not one value of JSON */
    static JsonNode read(byte[] body, EventShape shape) {
        try (JsonParser parser = MAPPER.createParser(body)) {
            if (parser.nextToken() == null) {
                throw new InvalidLineageException("The body is empty, must be JSON");
            }
            JsonNode value = value(parser, shape);
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

    private static String reason(JsonProcessingException refusal) {
        return Shown.of(refusal.getOriginalMessage().lines().findFirst().orElse(""));
    }

    private static JsonNode value(JsonParser parser, EventShape shape) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, shape);
            case START_ARRAY -> list(parser, shape);
            default -> MAPPER.readTree(parser);
        };
    }

    private static ObjectNode object(JsonParser parser, EventShape shape) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Optional<EventShape> part = shape.property(name);
            parser.nextToken();
            if (part.isPresent()) {
                object.set(name, value(parser, part.get()));
            } else {
                parser.skipChildren();
            }
        }
        return object;
    }

    private static ArrayNode list(JsonParser parser, EventShape shape) throws IOException {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Optional<EventShape> element = shape.elements();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (element.isPresent() && list.size() < MAX_ELEMENTS) {
                list.add(value(parser, element.get()));
            } else {
                parser.skipChildren();
            }
        }
        return list;
    }
}
