package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schemas of requests and answers. Of an event it has what is needed here; all else is accepted. */
final class LineageSchemas {

    private LineageSchemas() {}

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

    static ObjectNode batch(int maxEvents) {
        return list(event()).put("maxItems", maxEvents);
    }

    static ObjectNode one() {
        Map<String, ObjectNode> event = new LinkedHashMap<>();
        event.put("eventId", JsonSchemas.typed("string").put("format", "uuid"));
        event.put("key", text("Of the subject that it is about."));
        event.put("fact", text("What it says."));
        Map<String, ObjectNode> one = new LinkedHashMap<>();
        one.put("events", list(JsonSchemas.closed(event)));
        one.put("ignored", JsonSchemas.orNull(text("Why it became nothing.")));
        return JsonSchemas.closed(one);
    }

    static ObjectNode many() {
        Map<String, ObjectNode> summary = new LinkedHashMap<>();
        for (String name : List.of("received", "successful", "failed")) {
            summary.put(name, JsonSchemas.typed("integer"));
        }
        Map<String, ObjectNode> failed = new LinkedHashMap<>();
        failed.put("index", JsonSchemas.typed("integer"));
        failed.put("reason", text("What is wrong with it."));
        failed.put("retriable", JsonSchemas.typed("boolean"));
        Map<String, ObjectNode> many = new LinkedHashMap<>();
        many.put("summary", JsonSchemas.closed(summary));
        many.put("failed_events", list(JsonSchemas.closed(failed)));
        return JsonSchemas.closed(many);
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
