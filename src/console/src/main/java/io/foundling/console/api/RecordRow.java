package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.json.PlainJson;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.table.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Rows that are Avro records: their fields, after the key of the record and when it was written. Those of the trail have
 * the key of their subject, and their place in the topic.
 */
final class RecordRow<T extends SpecificRecord> implements RowForm<T> {

    private static final String KEY = "key";
    private static final String WRITTEN_AT = "writtenAt";
    private static final String FACT = "fact";
    private static final String BODY = "body";

    private final Schema schema;
    private final boolean isOfTrail;

    RecordRow(Table<T> table) {
        schema = SpecificData.get().getSchema(table.type().orElseThrow());
        isOfTrail = !table.isCompacted();
    }

    @Override
    public ObjectNode json(Found<T> row, Masking masking) {
        ObjectNode json = begin(row);
        T record = row.record();
        if (hasBody()) {
            json.put(
                    FACT,
                    ((IndexedRecord) record.get(schema.getField(BODY).pos()))
                            .getSchema()
                            .getName());
        }
        json.setAll(masking.apply(PlainJson.of(record)));
        return json;
    }

    /** Returns what every row begins with. */
    static ObjectNode begin(Found<?> row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Found.Written written = row.written().orElseThrow();
        json.put(KEY, row.key());
        json.put(WRITTEN_AT, written.at().toString());
        written.place().ifPresent(place -> {
            json.put(KEY, place.subjectKey().orElse(null));
            json.putObject("place")
                    .put("topic", place.topic())
                    .put("partition", written.partition())
                    .put("offset", place.offset());
        });
        return json;
    }

    static Map<String, ObjectNode> beginning(boolean isOfTrail) {
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        ObjectNode key = JsonSchemas.typed("string");
        properties.put(KEY, isOfTrail ? JsonSchemas.orNull(key) : key);
        properties.put(WRITTEN_AT, JsonSchemas.moment());
        if (isOfTrail) {
            Map<String, ObjectNode> place = new LinkedHashMap<>();
            place.put("topic", JsonSchemas.typed("string"));
            place.put("partition", JsonSchemas.typed("integer"));
            place.put("offset", JsonSchemas.typed("integer"));
            properties.put("place", JsonSchemas.closed(place));
        }
        return properties;
    }

    @Override
    public ObjectNode schema(JsonSchemas schemas) {
        return schemas.component(schema.getName() + "Row", JsonSchemas.closed(properties(schemas)));
    }

    /** Returns the schemas of all fields of a row, by their names. */
    Map<String, ObjectNode> properties(JsonSchemas schemas) {
        Map<String, ObjectNode> properties = beginning(isOfTrail);
        if (hasBody()) {
            properties.put(FACT, JsonSchemas.typed("string"));
        }
        schema.getFields().forEach(field -> properties.put(field.name(), schemas.of(field.schema())));
        return properties;
    }

    /** JSON does not name the branch of a union. */
    private boolean hasBody() {
        return schema.getField(BODY) != null;
    }
}
