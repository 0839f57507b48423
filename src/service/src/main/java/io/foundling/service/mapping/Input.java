package io.foundling.service.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the expressions of a mapping read.
 *
 * @param element of the array for whose elements events are made; a missing node elsewhere
 */
record Input(MappedRecord record, JsonNode element) {

    static Input of(MappedRecord record) {
        return new Input(record, MissingNode.getInstance());
    }

    Input at(JsonNode other) {
        return new Input(record, other);
    }

    /** Returns the JSON value below which a path leads. */
    JsonNode root(Root root) {
        return switch (root) {
            case FIELD -> record.value();
            case ELEMENT -> element;
            case HEADER -> headers();
            case KEY -> record.key().map(Input::key).orElse(MissingNode.getInstance());
        };
    }

    /** Some converters write a key that is a text as JSON, in quotes, and wrap any key with its schema. */
    private static JsonNode key(String written) {
        JsonNode text = JsonNodeFactory.instance.textNode(written);
        if (!written.startsWith("\"") && !written.startsWith("{")) {
            return text;
        }
        JsonNode opened = StrictJson.opened(text);
        JsonNode bare = StrictJson.unwrapped(opened);
        return bare != opened || opened.isTextual() ? bare : text;
    }

    private JsonNode headers() {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        record.headers().forEach(headers::put);
        return headers;
    }

    /** Where a path begins. */
    enum Root {
        FIELD("field"),
        ELEMENT("element"),
        HEADER("header"),
        KEY("key");

        private final String written;

        Root(String written) {
            this.written = written;
        }

        /** Returns the key of a mapping file that names it. */
        String written() {
            return written;
        }

        /** Whether a dot is the whole of it rather than the name of a field. */
        boolean isWholeByDot() {
            return this == ELEMENT || this == KEY;
        }
    }
}
