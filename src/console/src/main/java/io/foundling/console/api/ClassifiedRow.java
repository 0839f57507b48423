package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.Disposition;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.json.PlainJson;
import io.foundling.console.model.query.Classification;
import io.foundling.console.model.query.ClassifiedScope;
import io.foundling.console.model.query.Found;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows that are scopes, and how fresh they are. */
final class ClassifiedRow implements RowForm<ClassifiedScope> {

    @Override
    public ObjectNode json(Found<ClassifiedScope> row, Masking masking) {
        ClassifiedScope classified = row.record();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("key", row.key());
        json.put("classification", classified.classification().name());
        json.put("since", classified.since().map(Object::toString).orElse(null));
        json.put("judgedAt", classified.judgedAt().toString());
        json.set("scope", masking.apply(PlainJson.of(classified.scope())));
        return json;
    }

    @Override
    public ObjectNode schema(JsonSchemas schemas) {
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        properties.put("key", JsonSchemas.typed("string"));
        properties.put("classification", classification());
        properties.put(
                "since",
                JsonSchemas.orNull(JsonSchemas.moment())
                        .put("description", "The limit that has passed; null if it is fresh."));
        properties.put(
                "judgedAt", JsonSchemas.moment().put("description", "The audit clock by which it was classified."));
        properties.put("scope", schemas.of(Disposition.getClassSchema()));
        return schemas.component("ScopeRow", JsonSchemas.closed(properties));
    }

    static ObjectNode classification() {
        ObjectNode schema = JsonSchemas.typed("string");
        Arrays.stream(Classification.values()).map(Enum::name).forEach(schema.putArray("enum")::add);
        return schema;
    }
}
