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
 * The schema that a writer's records are resolved to. Where a writer's union has a record that is unknown here, Avro takes
 * the first known one with fitting fields: a new fact without fields would be read as {@code Opened}. So each unknown
 * record is added to the unions under its own name, with a field that no writer can supply, and reading it fails.
 */
final class ReaderSchema {

    private static final String IMPOSSIBLE_FIELD = "unknown_to_this_reader";

    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> unknown;
    private final Set<String> defined = new HashSet<>();

    private ReaderSchema(Set<String> unknown) {
        this.unknown = unknown;
    }

    /** Returns the reader's own schema if it knows all of the writer's records, else one that refuses the others. */
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
                // holds no records
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
            // A leading dot keeps a name without a namespace from taking that of the record around it.
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
