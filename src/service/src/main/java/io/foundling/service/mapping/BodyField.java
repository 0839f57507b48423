package io.foundling.service.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** The source of one field of a body. */
sealed interface BodyField {

    /**
     * Returns the value for a line; empty if the line has none.
     *
     * @throws IllegalArgumentException if the line's text is no value of the field's type
     */
    Optional<Object> in(MappedRecord line, TimeFormat times);

    /** A text, number, flag, moment, date or symbol. */
    record Single(Schema type, Expression text) implements BodyField {
        @Override
        public Optional<Object> in(MappedRecord line, TimeFormat times) {
            return text.in(line).map(found -> FieldType.parse(type, found, times));
        }
    }

    /** A map; names whose value is absent are left out. */
    record Entries(Schema type, Map<String, Expression> texts) implements BodyField {
        @Override
        public Optional<Object> in(MappedRecord line, TimeFormat times) {
            Map<String, Object> entries = new LinkedHashMap<>();
            texts.forEach((name, text) -> text.in(line)
                    .ifPresent(found -> entries.put(name, FieldType.parse(type.getValueType(), found, times))));
            return Optional.of(entries);
        }
    }

    /** A list; absent values are left out. */
    record Items(Schema type, List<Expression> texts) implements BodyField {
        @Override
        public Optional<Object> in(MappedRecord line, TimeFormat times) {
            List<Object> items = new ArrayList<>();
            texts.forEach(text ->
                    text.in(line).ifPresent(found -> items.add(FieldType.parse(type.getElementType(), found, times))));
            return Optional.of(items);
        }
    }
}
