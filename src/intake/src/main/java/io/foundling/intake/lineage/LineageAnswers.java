package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.AuditEvent;
import io.foundling.console.json.JsonSchemas;
import io.foundling.schemas.SubjectKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON of answers, and the JSON Schemas of them and of requests. Pure functions. */
final class LineageAnswers {

    private static final String EVENTS = "events";
    private static final String FAILED_EVENTS = "failed_events";
    private static final String IGNORED = "ignored";
    private static final String STATUS = "status";
    private static final String SUMMARY = "summary";

    private LineageAnswers() {}

    /** Returns what one event became, if it was not refused. */
    static ObjectNode one(LineageResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode events = json.putArray(EVENTS);
        json.putNull(IGNORED);
        if (result instanceof LineageResult.Ignored ignored) {
            json.put(IGNORED, ignored.reason());
        } else if (result instanceof LineageResult.Accepted accepted) {
            for (AuditEvent event : accepted.events()) {
                events.addObject()
                        .put("eventId", event.getEventId().toString())
                        .put("key", SubjectKey.of(event.getSubject()))
                        .put("body", event.getBody().getClass().getSimpleName());
            }
        }
        return json;
    }

    static ObjectNode oneSchema() {
        Map<String, ObjectNode> event = new LinkedHashMap<>();
        event.put("eventId", JsonSchemas.typed("string").put("format", "uuid"));
        event.put("key", text("Of the subject that it is about."));
        event.put("body", text("The fact."));
        Map<String, ObjectNode> one = new LinkedHashMap<>();
        one.put(EVENTS, list(JsonSchemas.closed(event)));
        one.put(IGNORED, JsonSchemas.orNull(text("Why it became nothing.")));
        return JsonSchemas.closed(one);
    }

    /** Returns what many events became, if not all were refused. */
    static ObjectNode many(List<LineageResult> results) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        // Put again below: this only makes it the first.
        json.put(STATUS, "");
        ObjectNode summary = json.putObject(SUMMARY);
        ArrayNode failed = json.putArray(FAILED_EVENTS);
        for (int index = 0; index < results.size(); index++) {
            if (results.get(index) instanceof LineageResult.Refused refused) {
                failed.addObject()
                        .put("index", index)
                        .put("reason", refused.reason())
                        .put("retriable", false);
            }
        }
        summary.put("received", results.size());
        summary.put("successful", results.size() - failed.size());
        summary.put("failed", failed.size());
        return json.put(STATUS, failed.isEmpty() ? "success" : "partial_success");
    }

    static ObjectNode manySchema() {
        Map<String, ObjectNode> summary = new LinkedHashMap<>();
        for (String name : List.of("received", "successful", "failed")) {
            summary.put(name, JsonSchemas.typed("integer"));
        }
        Map<String, ObjectNode> failed = new LinkedHashMap<>();
        failed.put("index", JsonSchemas.typed("integer"));
        failed.put("reason", text("What is wrong with it."));
        failed.put("retriable", JsonSchemas.typed("boolean"));
        Map<String, ObjectNode> many = new LinkedHashMap<>();
        many.put(STATUS, text("success, or partial_success."));
        many.put(SUMMARY, JsonSchemas.closed(summary));
        many.put(FAILED_EVENTS, list(JsonSchemas.closed(failed)));
        return JsonSchemas.closed(many);
    }

    /** Returns what is asked of an event; everything else that OpenLineage has is accepted. */
    static ObjectNode event() {
        ObjectNode event = JsonSchemas.typed("object");
        event.put("description", "As OpenLineage has it: a RunEvent; a JobEvent or a DatasetEvent is ignored.");
        ObjectNode properties = event.putObject("properties");
        properties.set("eventTime", JsonSchemas.moment());
        properties.set("producer", JsonSchemas.typed("string"));
        ObjectNode type = JsonSchemas.typed("string");
        ArrayNode states = type.putArray("enum");
        for (RunState state : RunState.values()) {
            states.add(state.name());
        }
        properties.set("eventType", type);
        properties.set("run", part("runId"));
        properties.set("job", part("namespace", "name"));
        event.putArray("required").add("eventTime").add("producer");
        return event;
    }

    private static ObjectNode part(String... names) {
        ObjectNode part = JsonSchemas.typed("object");
        ObjectNode properties = part.putObject("properties");
        ArrayNode required = part.putArray("required");
        for (String name : names) {
            properties.set(name, JsonSchemas.typed("string"));
            required.add(name);
        }
        return part;
    }

    private static ObjectNode text(String description) {
        return JsonSchemas.typed("string").put("description", description);
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode list = JsonSchemas.typed("array");
        list.set("items", items);
        return list;
    }
}
