package io.foundling.intake.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.AuditEvent;
import io.foundling.console.json.JsonSchemas;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** JSON Schemas of what is sent and answered. Those of events follow from the contract: what has a default may be missing. */
final class EventSchemas {

    private static final Set<String> OPTIONAL = Set.of("eventId", "occurredAt", "producer", "body");

    private final JsonSchemas schemas;
    private final ObjectNode event;
    private final ObjectNode cloudEvent;

    EventSchemas(JsonSchemas schemas, Collection<String> facts) {
        this.schemas = schemas;
        event = schemas.component("ReportedEvent", described(facts));
        cloudEvent = schemas.component("ReportedCloudEvent", cloudEvent(event));
    }

    ObjectNode event() {
        return event;
    }

    ObjectNode cloudEvent() {
        return cloudEvent;
    }

    ObjectNode oneOrMany() {
        ObjectNode either = JsonSchemas.typed("object");
        either.remove("type");
        either.putArray("anyOf").add(event).add(many(event));
        return either;
    }

    static ObjectNode many(ObjectNode each) {
        ObjectNode array = JsonSchemas.typed("array");
        array.set("items", each);
        return array;
    }

    ObjectNode results() {
        ObjectNode row = JsonSchemas.typed("object");
        ObjectNode properties = row.putObject("properties");
        properties.set("index", JsonSchemas.typed("integer"));
        ObjectNode status = JsonSchemas.typed("string");
        status.putArray("enum").add(Results.ACCEPTED).add(Results.REFUSED).add(Results.UNAVAILABLE);
        properties.set("status", status);
        properties.set("eventId", JsonSchemas.typed("string").put("format", "uuid"));
        properties.set("reason", JsonSchemas.typed("string"));
        row.putArray("required").add("index").add("status");
        Map<String, ObjectNode> whole = new LinkedHashMap<>();
        whole.put(Results.RESULTS, many(schemas.component("ReportResult", row)));
        return schemas.component("ReportResults", JsonSchemas.closed(whole));
    }

    private ObjectNode described(Collection<String> facts) {
        ObjectNode object = JsonSchemas.typed("object");
        object.put(
                "description",
                "The fields of the contract. Without eventId it is derived from the Idempotency-Key, or chosen if there is"
                        + " none; body has the fields of the fact, and may be missing if all of them may.");
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        for (Schema.Field field : AuditEvent.getClassSchema().getFields()) {
            properties.set(field.name(), value(field));
            if (!field.hasDefaultValue() && !OPTIONAL.contains(field.name())) {
                required.add(field.name());
            }
        }
        ObjectNode fact = JsonSchemas.typed("string");
        facts.forEach(fact.putArray("enum")::add);
        properties.set("fact", fact);
        return object.put("additionalProperties", false);
    }

    private ObjectNode value(Schema.Field field) {
        return switch (field.name()) {
            case "subject", "producer" -> reported(field.schema());
            case "parent" ->
                JsonSchemas.orNull(reported(field.schema().getTypes().get(1)));
            case "occurredAt" -> moment();
            case "body" -> JsonSchemas.orNull(JsonSchemas.typed("object"));
            default -> schemas.of(field.schema());
        };
    }

    private ObjectNode reported(Schema record) {
        ObjectNode object = JsonSchemas.typed("object");
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        for (Schema.Field field : record.getFields()) {
            properties.set(field.name(), schemas.of(field.schema()));
            boolean isNeeded = !field.hasDefaultValue() && !record.getName().equals("Producer");
            if (isNeeded) {
                required.add(field.name());
            }
        }
        return schemas.component("Reported" + record.getName(), object.put("additionalProperties", false));
    }

    private static ObjectNode moment() {
        ObjectNode either = JsonSchemas.typed("object");
        either.remove("type");
        either.putArray("anyOf").add(JsonSchemas.moment()).add(JsonSchemas.typed("integer"));
        return either;
    }

    private static ObjectNode cloudEvent(ObjectNode event) {
        ObjectNode object = JsonSchemas.typed("object");
        ObjectNode properties = object.putObject("properties");
        properties.set("specversion", JsonSchemas.typed("string").put("const", "1.0"));
        properties.set("id", JsonSchemas.typed("string"));
        properties.set("source", JsonSchemas.typed("string"));
        properties.set("type", JsonSchemas.typed("string"));
        properties.set("time", JsonSchemas.moment());
        properties.set("data", event);
        object.putArray("required").add("specversion").add("id").add("source").add("data");
        return object;
    }
}
