package io.foundling.console.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * The JSON Schemas of what {@link PlainJson} makes of Avro values. Each record and enum becomes a component with its own
 * name, to which others refer. For one thread.
 */
public final class JsonSchemas {

    private static final String REFERENCE = "#/components/schemas/";
    private static final String TYPE = "type";
    private static final String REF = "$ref";
    private static final String ANY_OF = "anyOf";

    private final Map<String, ObjectNode> components = new TreeMap<>();

    /** Returns the components so far, by their names. */
    public Map<String, ObjectNode> components() {
        return Collections.unmodifiableMap(components);
    }

    /** Adds a component, and returns a reference to it. */
    public ObjectNode component(String name, ObjectNode schema) {
        ObjectNode known = components.putIfAbsent(name, schema);
        if (known != null && !known.equals(schema)) {
            throw new IllegalStateException("two components have the name " + name);
        }
        return reference(name);
    }

    /** Returns the schema that a reference leads to; others as they are. */
    public ObjectNode resolved(ObjectNode schema) {
        return schema.has(REF) ? components.get(schema.get(REF).asText().substring(REFERENCE.length())) : schema;
    }

    /** Returns the schema of the values of an Avro schema. */
    public ObjectNode of(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> named(schema);
            case ENUM -> enumeration(schema);
            case UNION -> union(schema.getTypes());
            case MAP -> {
                ObjectNode map = typed("object");
                map.set("additionalProperties", of(schema.getValueType()));
                yield map;
            }
            case ARRAY -> {
                ObjectNode array = typed("array");
                array.set("items", of(schema.getElementType()));
                yield array;
            }
            case LONG, INT -> whole(schema);
            case FLOAT, DOUBLE -> typed("number");
            case BOOLEAN -> typed("boolean");
            case NULL -> typed("null");
            default -> text(schema);
        };
    }

    /** Returns an object that has all properties and no others. */
    public static ObjectNode closed(Map<String, ObjectNode> properties) {
        ObjectNode object = typed("object");
        ObjectNode each = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        properties.forEach((name, schema) -> {
            each.set(name, schema);
            required.add(name);
        });
        return object.put("additionalProperties", false);
    }

    /** Returns one of a simple type, such as {@code string}. */
    public static ObjectNode typed(String type) {
        return object().put(TYPE, type);
    }

    /** Returns one of a moment in ISO form. */
    public static ObjectNode moment() {
        return typed("string").put("format", "date-time");
    }

    /** Returns one that may be null, too. */
    public static ObjectNode orNull(ObjectNode schema) {
        if (schema.path(TYPE).isTextual() && !schema.has("enum")) {
            ObjectNode either = schema.deepCopy();
            either.putArray(TYPE).add(schema.get(TYPE).asText()).add("null");
            return either;
        }
        ObjectNode either = object();
        either.putArray(ANY_OF).add(schema).add(typed("null"));
        return either;
    }

    private ObjectNode named(Schema record) {
        if (!components.containsKey(record.getName())) {
            ObjectNode schema = typed("object");
            components.put(record.getName(), schema);
            Map<String, ObjectNode> properties = new LinkedHashMap<>();
            record.getFields().forEach(field -> properties.put(field.name(), of(field.schema())));
            schema.setAll(closed(properties));
        }
        return reference(record.getName());
    }

    private ObjectNode enumeration(Schema type) {
        ObjectNode schema = typed("string");
        type.getEnumSymbols().forEach(schema.putArray("enum")::add);
        return component(type.getName(), schema);
    }

    private ObjectNode union(List<Schema> branches) {
        List<Schema> values = branches.stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        ObjectNode either = values.size() == 1 ? of(values.get(0)) : any(values);
        return values.size() == branches.size() ? either : orNull(either);
    }

    private ObjectNode any(List<Schema> branches) {
        ObjectNode either = object();
        ArrayNode each = either.putArray(ANY_OF);
        branches.forEach(branch -> each.add(of(branch)));
        return either;
    }

    private static ObjectNode whole(Schema schema) {
        String logical =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        return switch (logical) {
            case "timestamp-millis" -> moment();
            case "date" -> typed("string").put("format", "date");
            default -> typed("integer");
        };
    }

    private static ObjectNode text(Schema schema) {
        boolean isUuid = schema.getLogicalType() != null
                && schema.getLogicalType().getName().equals("uuid");
        return isUuid ? typed("string").put("format", "uuid") : typed("string");
    }

    private static ObjectNode reference(String name) {
        return object().put(REF, REFERENCE + name);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
