package io.foundling.service.mapping;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/** Text as the value of an Avro field. */
final class FieldType {

    private FieldType() {}

    /** Returns the schema itself, or the one that is not null in a union with null. */
    static Schema present(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns a text as the value that the generated classes have for a schema.
     *
     * @throws IllegalArgumentException if the text is no such value
     */
    static Object parse(Schema schema, String text, TimeFormat times) {
        LogicalType logical = schema.getLogicalType();
        if (logical != null && logical.getName().equals("timestamp-millis")) {
            return times.parse(text);
        }
        if (logical != null && logical.getName().equals("date")) {
            return date(text);
        }
        return switch (schema.getType()) {
            case STRING -> text;
            case BOOLEAN -> flag(text);
            case LONG -> number(text);
            case ENUM -> symbol(schema, text);
            default -> throw new IllegalStateException("no text form for " + schema);
        };
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException broken) {
            throw new IllegalArgumentException("'" + text + "' is no date of the form 2026-01-31", broken);
        }
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException broken) {
            throw new IllegalArgumentException("'" + text + "' is no whole number", broken);
        }
    }

    private static Object symbol(Schema schema, String text) {
        if (!schema.hasEnumSymbol(text)) {
            throw new IllegalArgumentException("'" + text + "' is none of " + schema.getEnumSymbols());
        }
        return BodyTemplate.MODEL.createEnum(text, schema);
    }
}
