package io.foundling.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * Makes the schema to which a writer's records are resolved. If the writer's union has a record that is unknown here,
 * Avro would take the first known record with fitting fields: a new body without fields would be read as {@code
 * Opened}. To prevent this, each unknown record is added to the union under its own name with a field that no writer
 * has, so that reading it fails.
 */
final class ReaderSchema {

    private static final String IMPOSSIBLE_FIELD = "unknown_to_this_reader";

    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> unknown;
    private final Set<String> defined = new HashSet<>();

    private ReaderSchema(Set<String> unknown) {
        this.unknown = unknown;
    }

    /**
     * Returns the reader's own schema if it has all of the writer's records, otherwise one that rejects the unknown
     * ones.
     */
    static Schema of(Schema writer, Schema own) {
        Set<String> unknown = new TreeSet<>();
        collectRecords(writer, unknown);
        Set<String> known = new HashSet<>();
        collectRecords(own, known);
        unknown.removeAll(known);
        return unknown.isEmpty() ? own : new ReaderSchema(unknown).refusing(own);
    }

    private static void collectRecords(Schema schema, Set<String> names) {
        switch (schema.getType()) {
            case RECORD -> {
                if (names.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collectRecords(field.schema(), names));
                }
            }
            case UNION -> schema.getTypes().forEach(branch -> collectRecords(branch, names));
            case ARRAY -> collectRecords(schema.getElementType(), names);
            case MAP -> collectRecords(schema.getValueType(), names);
            default -> {
                // Other types contain no records.
            }
        }
    }

    private Schema refusing(Schema own) {
        try {
            JsonNode tree = json.readTree(own.toString());
            extendUnions(tree);
            return new Schema.Parser().parse(json.writeValueAsString(tree));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("schema " + own.getFullName() + " is no JSON", impossible);
        }
    }

    private void extendUnions(JsonNode node) {
        node.forEach(this::extendUnions);
        if (node.get("type") instanceof ArrayNode union && holdsRecord(union)) {
            // Without the leading dot, a name without a namespace would get the namespace of the enclosing record.
            unknown.forEach(name -> union.add(refusal(name.contains(".") ? name : "." + name)));
        }
    }

    private static boolean holdsRecord(ArrayNode union) {
        for (JsonNode branch : union) {
            if ("record".equals(branch.path("type").asText())) {
                return true;
            }
        }
        return false;
    }

    private JsonNode refusal(String name) {
        if (!defined.add(name)) {
            return json.getNodeFactory().textNode(name);
        }
        ObjectNode record = json.createObjectNode().put("type", "record").put("name", name);
        record.putArray("fields").addObject().put("name", IMPOSSIBLE_FIELD).put("type", "string");
        return record;
    }
}
