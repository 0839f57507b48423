package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.web.Shown;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fields of an object of an event. What is needed is read strictly, and named by its path if it is wrong. What may be
 * missing is read leniently: a wrong facet of an event takes nothing away from the rest.
 *
 * @param path of the object, with a dot behind it; empty for the event itself
 */
record EventFields(JsonNode object, String path) {

    static EventFields of(JsonNode event) {
        return new EventFields(event, "");
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** Returns an object that must be there. */
    EventFields needed(String name) {
        JsonNode found = object.path(name);
        if (!(found instanceof ObjectNode)) {
            throw wrong(name, "an object");
        }
        return new EventFields(found, path + name + '.');
    }

    /** Returns an object; one without fields if it is missing or something else. */
    EventFields lenient(String name) {
        JsonNode found = object.path(name);
        return new EventFields(found instanceof ObjectNode ? found : MissingNode.getInstance(), path + name + '.');
    }

    /** Returns a text that must be there, and not be blank. */
    String text(String name, String expected) {
        JsonNode found = object.path(name);
        if (!found.isTextual() || found.textValue().isBlank()) {
            throw wrong(name, expected);
        }
        return found.textValue();
    }

    /** Returns a text, unless it is missing, blank or something else. */
    Optional<String> lenientText(String name) {
        return Optional.ofNullable(object.path(name).textValue()).filter(text -> !text.isBlank());
    }

    /** Returns a whole number of 0 or more, unless it is missing or something else. */
    OptionalLong lenientCount(String name) {
        JsonNode found = object.path(name);
        return found.isIntegralNumber() && found.canConvertToLong() && found.longValue() >= 0
                ? OptionalLong.of(found.longValue())
                : OptionalLong.empty();
    }

    /** Returns the elements of a list; none if it is missing or something else. */
    Iterable<JsonNode> lenientList(String name) {
        return object.path(name);
    }

    InvalidLineageException wrong(String name, String expected) {
        JsonNode found = object.path(name);
        String is = found.isMissingNode() || found.isNull()
                ? "is missing"
                : "is " + Shown.of(found.isTextual() ? found.textValue() : found.toString());
        return new InvalidLineageException(path + name + " " + is + ", must be " + expected);
    }
}
