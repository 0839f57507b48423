package io.foundling.client.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goes through the union of the schema, so that a body that has no row, or a row that forgets a field, is found here.
 */
class BodyTypesTest {

    private static final int LENGTH = 1_000;

    static Stream<Schema> bodies() {
        return AuditEvent.getClassSchema().getField("body").schema().getTypes().stream();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void shouldHaveARowWhenTheSchemaHasTheBody(Schema schema) {
        // Given
        SpecificRecordBase body = body(schema, "x");

        // Then
        assertThat(BodyTypes.of(body).type()).isEqualTo(body.getClass());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void shouldCountEveryText(Schema schema) {
        // Given
        long texts = schema.getFields().stream().filter(BodyTypesTest::hasText).count();

        // When
        long small = BodyTypes.of(body(schema, "x")).textSize(body(schema, "x"));
        long large = BodyTypes.of(body(schema, "x")).textSize(body(schema, "x".repeat(LENGTH)));

        // Then
        assertThat(large - small).isEqualTo(texts * (LENGTH - 1));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void shouldKeepNothingThatTheCallerCanChange(Schema schema) {
        // Given
        SpecificRecordBase body = body(schema, "x");
        SpecificRecordBase expected = body(schema, "x");

        // When
        Object stable = BodyTypes.of(body).stable(body);
        for (Schema.Field field : schema.getFields()) {
            if (body.get(field.pos()) instanceof Map<?, ?> map) {
                map.clear();
            } else if (body.get(field.pos()) instanceof List<?> list) {
                list.clear();
            }
        }

        // Then
        assertThat(stable).isEqualTo(expected);
    }

    private static boolean hasText(Schema.Field field) {
        return switch (kind(field.schema()).getType()) {
            case STRING, ARRAY, MAP -> true;
            default -> false;
        };
    }

    private static SpecificRecordBase body(Schema schema, String text) {
        SpecificRecordBase body =
                (SpecificRecordBase) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        schema.getFields().forEach(field -> body.put(field.pos(), value(kind(field.schema()), text)));
        return body;
    }

    private static Object value(Schema schema, String text) {
        String logical =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        return switch (schema.getType()) {
            case STRING -> text;
            case BOOLEAN -> true;
            case INT -> logical.equals("date") ? LocalDate.EPOCH : 1;
            case LONG -> logical.startsWith("timestamp") ? Instant.EPOCH : 1L;
            case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().get(0), schema);
            case ARRAY -> new ArrayList<>(List.of(value(schema.getElementType(), text)));
            case MAP -> new HashMap<>(Map.of(text, value(schema.getValueType(), "")));
            default -> throw new IllegalArgumentException("no value for " + schema);
        };
    }

    private static Schema kind(Schema schema) {
        return schema.getType() != Schema.Type.UNION
                ? schema
                : schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow();
    }
}
