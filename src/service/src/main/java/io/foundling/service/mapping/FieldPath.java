package io.foundling.service.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * The place of a value in a JSON value: a name, or a JSON pointer (RFC 6901) if it starts with a slash. A path that goes
 * on below a text reads the text as JSON, as in an outbox whose payload is a text.
 *
 * @param pointer what the path is as a pointer
 */
record FieldPath(String written, JsonPointer pointer) {

    static FieldPath of(String written) {
        return new FieldPath(
                written,
                written.startsWith("/")
                        ? JsonPointer.compile(written)
                        : JsonPointer.empty().appendProperty(written));
    }

    /** Returns the path of a value itself. */
    static FieldPath itself() {
        return new FieldPath(".", JsonPointer.empty());
    }

    /** Returns the value; a missing node if there is none. */
    JsonNode in(JsonNode root) {
        JsonNode direct = root.at(pointer);
        return direct.isMissingNode() ? throughTexts(root) : direct;
    }

    /** Whether it is the same place as another, or leads to one below it. */
    boolean isWithin(FieldPath other) {
        String outer = other.pointer.toString();
        return (pointer + "/").startsWith(outer + "/");
    }

    private JsonNode throughTexts(JsonNode root) {
        JsonNode found = root;
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            JsonNode opened = StrictJson.opened(found);
            found = opened.isArray() ? opened.path(rest.getMatchingIndex()) : opened.path(rest.getMatchingProperty());
        }
        return found;
    }
}
