package io.foundling.console.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro values, of generated classes or generic ones, as JSON that people expect: no branch names around union values,
 * moments and dates as ISO text. Pure; any thread.
 */
public final class PlainJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlainJson() {}

    /** Returns a record of a generated class. */
    public static ObjectNode of(IndexedRecord value) {
        return object(value);
    }

    /** Returns a value of a schema. */
    public static JsonNode of(Schema schema, Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        return switch (schema.getType()) {
            case UNION -> of(branch(schema, value), value);
            case RECORD -> object((IndexedRecord) value);
            case MAP -> map(schema, (Map<?, ?>) value);
            case ARRAY -> array(schema, (Collection<?>) value);
            case LONG -> isA(schema, "timestamp-millis") ? moment(value) : NODES.numberNode((long) value);
            case INT -> isA(schema, "date") ? date(value) : NODES.numberNode((int) value);
            case FLOAT -> NODES.numberNode((float) value);
            case DOUBLE -> NODES.numberNode((double) value);
            case BOOLEAN -> NODES.booleanNode((boolean) value);
            case BYTES -> NODES.textNode(HexFormat.of().formatHex(bytes((ByteBuffer) value)));
            default -> NODES.textNode(value.toString());
        };
    }

    /** Generated classes have their own types for moments, which generic Avro does not find in a union. */
    private static Schema branch(Schema union, Object value) {
        List<Schema> values = union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        return values.size() == 1
                ? values.get(0)
                : union.getTypes().get(GenericData.get().resolveUnion(union, value));
    }

    private static JsonNode moment(Object value) {
        Instant moment = value instanceof Instant known ? known : Instant.ofEpochMilli((long) value);
        return NODES.textNode(moment.toString());
    }

    private static JsonNode date(Object value) {
        LocalDate date = value instanceof LocalDate known ? known : LocalDate.ofEpochDay((int) value);
        return NODES.textNode(date.toString());
    }

    private static ObjectNode object(IndexedRecord value) {
        ObjectNode object = NODES.objectNode();
        for (Schema.Field field : value.getSchema().getFields()) {
            object.set(field.name(), of(field.schema(), value.get(field.pos())));
        }
        return object;
    }

    private static ObjectNode map(Schema schema, Map<?, ?> values) {
        ObjectNode object = NODES.objectNode();
        values.forEach((key, value) -> object.set(key.toString(), of(schema.getValueType(), value)));
        return object;
    }

    private static ArrayNode array(Schema schema, Collection<?> values) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(of(schema.getElementType(), value)));
        return array;
    }

    private static boolean isA(Schema schema, String logicalType) {
        return schema.getLogicalType() != null
                && schema.getLogicalType().getName().equals(logicalType);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
