package io.foundling.intake.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The attributes of a CloudEvent 1.0 that an audit event needs. Further ones, and extensions, are of no interest here, as that
 * specification wants it.
 *
 * @param time none if the audit event has its own
 */
public record CloudEvent(String id, String source, Optional<Instant> time) {

    private static final String VERSION = "1.0";

    /**
     * Makes one of the texts that a request has.
     *
     * @throws RefusedEventException if they are not those of a CloudEvent
     */
    public static CloudEvent of(
            Optional<String> version, Optional<String> id, Optional<String> source, Optional<String> time) {
        if (version.filter(VERSION::equals).isEmpty()) {
            throw new RefusedEventException(
                    "specversion is " + version.map(found -> "'" + found + "'").orElse("missing") + ", must be 1.0");
        }
        return new CloudEvent(
                needed("id", id),
                needed("source", source),
                time.map(text -> Moments.parse(text)
                        .orElseThrow(() -> new RefusedEventException(
                                "time is not as expected, must be a time such as 2026-11-30T12:00:00Z"))));
    }

    /**
     * Reads the attributes of one in structured form.
     *
     * @throws RefusedEventException if it is none
     */
    public static CloudEvent of(JsonNode json) {
        if (!(json instanceof ObjectNode)) {
            throw RefusedEventException.of("the CloudEvent", ValueReaders.shown(json), "an object");
        }
        if (json.has("data_base64")) {
            throw new RefusedEventException("data_base64 is there, must be data with the audit event as JSON");
        }
        return of(text(json, "specversion"), text(json, "id"), text(json, "source"), text(json, "time"));
    }

    /** @throws RefusedEventException if there is none */
    public static JsonNode data(JsonNode json) {
        JsonNode data = json.path("data");
        if (!data.isObject()) {
            throw RefusedEventException.of(
                    "data", data.isMissingNode() ? "missing" : ValueReaders.shown(data), "the audit event, an object");
        }
        return data;
    }

    /** Returns the id of the audit event in it. */
    public UUID eventId() {
        return ValueReaders.parseUuid(id).orElseGet(() -> DerivedId.ofCloudEvent(source, id));
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw RefusedEventException.of(name, ValueReaders.shown(value), "a text");
        }
        return Optional.ofNullable(value.textValue());
    }

    private static String needed(String name, Optional<String> text) {
        return text.filter(found -> !found.isEmpty())
                .orElseThrow(() -> new RefusedEventException(name + " of the CloudEvent is missing"));
    }
}
