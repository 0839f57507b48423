package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Found;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.StageLabels;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/** Rows about a subject, with the owner and the labels that the policies in force give its source and stage (rule A14). */
final class LabelledRow<T extends SpecificRecord> implements RowForm<T> {

    private static final String OWNER = PolicyAlert.OWNER;
    private static final String LABELS = "labels";
    private static final String SUBJECT = "subject";

    private final String name;
    private final RecordRow<T> form;
    private final Supplier<List<PolicyAlert>> additions;

    /** @param name of the component of its schema */
    LabelledRow(String name, RecordRow<T> form, Supplier<List<PolicyAlert>> additions) {
        this.name = name;
        this.form = form;
        this.additions = additions;
    }

    @Override
    public ObjectNode json(Found<T> row, Masking masking) {
        ObjectNode json = form.json(row, masking);
        Map<String, String> labels = StageLabels.of(
                additions.get(),
                json.path(SUBJECT).path("source").asText(),
                json.path(SUBJECT).path("stage").asText());
        json.put(OWNER, labels.get(OWNER));
        ObjectNode all = json.putObject(LABELS);
        labels.forEach(all::put);
        return json;
    }

    @Override
    public ObjectNode schema(JsonSchemas schemas) {
        Map<String, ObjectNode> properties = form.properties(schemas);
        properties.put(
                OWNER,
                JsonSchemas.orNull(
                        JsonSchemas.typed("string").put("description", "Who is responsible, by the policies.")));
        ObjectNode labels = JsonSchemas.typed("object")
                .put("description", "What policies give alerts about this source and stage, owner among them.");
        labels.set("additionalProperties", JsonSchemas.typed("string"));
        properties.put(LABELS, labels);
        return schemas.component(name, JsonSchemas.closed(properties));
    }
}
