package io.foundling.intake.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.audit.AuditEvent;
import io.foundling.console.web.Shown;
import io.foundling.schemas.GeneratedClasses;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Makes readers of the schemas that the contract uses. */
final class ValueReaders {

    /** Has found the generated classes of events. */
    static final SpecificData MODEL = GeneratedClasses.model(AuditEvent.class);

    private static final String UNKNOWN = "UNKNOWN";
    private static final String WHOLE = "a whole number";

    private ValueReaders() {}

    /**
     * Returns that of a schema.
     *
     * @param path of the value in an event, for sentences
     */
    static ValueReader of(Schema schema, String path) {
        return switch (schema.getType()) {
            case RECORD -> new RecordReader(schema, path);
            case UNION -> orNull(schema, path);
            case MAP -> map(of(schema.getValueType(), path + " value"), path, named(schema.getValueType()));
            case ARRAY -> list(of(schema.getElementType(), path + " entry"), path, named(schema.getElementType()));
            case ENUM -> constant(schema, path);
            case LONG -> isA(schema, "timestamp-millis") ? json -> Moments.read(path, json) : whole(path);
            case INT -> isA(schema, "date") ? date(path) : json -> small(path, json);
            case BOOLEAN -> json -> flag(path, json);
            case STRING -> isA(schema, "uuid") ? uuid(path) : new TextReader(path, "a text", Optional::of);
            default -> throw new IllegalStateException("no event has a " + schema.getType() + " at " + path);
        };
    }

    /** Shows a value that is wrong. */
    static String shown(JsonNode json) {
        return switch (json.getNodeType()) {
            case NULL -> "null";
            case STRING -> Shown.of(json.textValue());
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            default -> Shown.of(json.asText());
        };
    }

    /** Returns a UUID in its usual form only: the class of Java also takes 1-1-1-1-1. */
    static Optional<UUID> parseUuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return Optional.of(uuid).filter(id -> id.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static ValueReader orNull(Schema union, String path) {
        List<Schema> values = union.getTypes().stream()
                .filter(each -> each.getType() != Schema.Type.NULL)
                .toList();
        if (values.size() != 1) {
            throw new IllegalStateException("several kinds of values at " + path);
        }
        ValueReader value = of(values.get(0), path);
        return json -> json.isNull() ? null : value.read(json);
    }

    private static ValueReader map(ValueReader value, String path, String values) {
        return json -> {
            if (!json.isObject()) {
                throw RefusedEventException.of(path, shown(json), "an object of " + values);
            }
            Map<String, Object> entries = new HashMap<>();
            json.properties().forEach(entry -> entries.put(entry.getKey(), value.read(entry.getValue())));
            return entries;
        };
    }

    private static ValueReader list(ValueReader element, String path, String elements) {
        return json -> {
            if (!json.isArray()) {
                throw RefusedEventException.of(path, shown(json), "an array of " + elements);
            }
            List<Object> all = new ArrayList<>();
            json.forEach(each -> all.add(element.read(each)));
            return all;
        };
    }

    private static String named(Schema schema) {
        return schema.getType() == Schema.Type.STRING ? "texts" : "whole numbers";
    }

    /** The constant UNKNOWN is what readers see of a newer one; nobody reports it. */
    private static ValueReader constant(Schema schema, String path) {
        Object[] constants = MODEL.getClass(schema).getEnumConstants();
        Map<String, Object> byName = Arrays.stream(constants)
                .filter(each -> !each.toString().equals(UNKNOWN))
                .collect(Collectors.toMap(Object::toString, each -> each));
        String expected = "one of "
                + schema.getEnumSymbols().stream()
                        .filter(each -> !each.equals(UNKNOWN))
                        .collect(Collectors.joining(", "));
        return new TextReader(path, expected, text -> Optional.ofNullable(byName.get(text)));
    }

    private static ValueReader uuid(String path) {
        return new TextReader(path, "a UUID", ValueReaders::parseUuid);
    }

    private static ValueReader date(String path) {
        return new TextReader(path, "a date such as 2026-11-30", text -> {
            try {
                return Optional.of(LocalDate.parse(text));
            } catch (DateTimeException malformed) {
                return Optional.empty();
            }
        });
    }

    private static ValueReader whole(String path) {
        return json -> {
            if (!json.isIntegralNumber() || !json.canConvertToLong()) {
                throw RefusedEventException.of(path, shown(json), WHOLE);
            }
            return json.longValue();
        };
    }

    private static Object small(String path, JsonNode json) {
        if (!json.isIntegralNumber() || !json.canConvertToInt()) {
            throw RefusedEventException.of(path, shown(json), WHOLE);
        }
        return json.intValue();
    }

    private static Object flag(String path, JsonNode json) {
        if (!json.isBoolean()) {
            throw RefusedEventException.of(path, shown(json), "true or false");
        }
        return json.booleanValue();
    }

    private static boolean isA(Schema schema, String logicalType) {
        return schema.getLogicalType() != null
                && schema.getLogicalType().getName().equals(logicalType);
    }
}
