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
     * Returns the value for a record; empty if the record has none.
     *
     * @throws IllegalArgumentException if the record's text is no value of the field's type
     */
    Optional<Object> in(Input input, TimeFormat times) throws RecordRejectedException;

    /** A text, number, flag, moment, date or symbol. */
    record Single(Schema type, Expression text) implements BodyField {
        @Override
        public Optional<Object> in(Input input, TimeFormat times) throws RecordRejectedException {
            return text.in(input).map(found -> FieldType.parse(type, found, times));
        }
    }

    /** A map; names whose value is absent are left out. */
    record Entries(Schema type, Map<String, Expression> texts) implements BodyField {
        @Override
        public Optional<Object> in(Input input, TimeFormat times) throws RecordRejectedException {
            Map<String, Object> entries = new LinkedHashMap<>();
            for (Map.Entry<String, Expression> text : texts.entrySet()) {
                text.getValue()
                        .in(input)
                        .ifPresent(found ->
                                entries.put(text.getKey(), FieldType.parse(type.getValueType(), found, times)));
            }
            return Optional.of(entries);
        }
    }

    /** A list; absent values are left out. */
    record Items(Schema type, List<Expression> texts) implements BodyField {
        @Override
        public Optional<Object> in(Input input, TimeFormat times) throws RecordRejectedException {
            List<Object> items = new ArrayList<>();
            for (Expression text : texts) {
                text.in(input).ifPresent(found -> items.add(FieldType.parse(type.getElementType(), found, times)));
            }
            return Optional.of(items);
        }
    }
}
