package io.foundling.console.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operation answers if nothing is wrong.
 *
 * @param content the media types of which the caller may choose one, the default first, and the JSON Schema of each
 */
public record Answer(String description, Map<String, ObjectNode> content) {

    public Answer {
        content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
    }

    public static Answer json(String description, ObjectNode schema) {
        return new Answer(description, Map.of(MediaTypes.JSON, schema));
    }

    /** Returns this with one more media type to choose. */
    public Answer or(String mediaType, ObjectNode schema) {
        Map<String, ObjectNode> more = new LinkedHashMap<>(content);
        more.put(mediaType, schema);
        return new Answer(description, more);
    }

    public List<String> mediaTypes() {
        return List.copyOf(content.keySet());
    }
}
