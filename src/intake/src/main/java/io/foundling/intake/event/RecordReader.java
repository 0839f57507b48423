package io.foundling.intake.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.console.web.Shown;
import io.foundling.topology.text.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads JSON objects as records of a generated class. A field that the schema does not have is refused, and so is one that is
 * missing and has no default. It is made once and keeps no state, so that an event costs its values only.
 */
final class RecordReader implements ValueReader {

    /** Gives the value of a field that has no default and is missing; null if there is none. */
    @FunctionalInterface
    interface Absent {

        Absent REFUSED = field -> null;

        Object value(String field);
    }

    /** A field of the schema. */
    private record Slot(int position, String name, ValueReader reader, boolean hasDefault, Object standard) {}

    private final Schema schema;
    private final String path;
    private final Set<String> elsewhere;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Slot> byName = new HashMap<>();

    /** @param path of the record in an event; empty for the event itself */
    RecordReader(Schema schema, String path) {
        this(schema, path, Set.of());
    }

    /** @param elsewhere names of fields that somebody else reads */
    RecordReader(Schema schema, String path, Set<String> elsewhere) {
        this.schema = schema;
        this.path = path;
        this.elsewhere = elsewhere;
        for (Schema.Field field : schema.getFields()) {
            if (!elsewhere.contains(field.name())) {
                Slot slot = new Slot(
                        field.pos(),
                        field.name(),
                        ValueReaders.of(field.schema(), at(field.name())),
                        field.hasDefaultValue(),
                        standard(field));
                slots.add(slot);
                byName.put(field.name(), slot);
            }
        }
    }

    @Override
    public SpecificRecord read(JsonNode json) {
        return read(json, Absent.REFUSED);
    }

    SpecificRecord read(JsonNode json, Absent absent) {
        if (!json.isObject()) {
            throw RefusedEventException.of(path.isEmpty() ? "the event" : path, ValueReaders.shown(json), "an object");
        }
        SpecificRecord record = (SpecificRecord) ValueReaders.MODEL.newRecord(null, schema);
        long seen = 0;
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            Slot slot = byName.get(field.getKey());
            if (slot != null) {
                record.put(slot.position(), slot.reader().read(field.getValue()));
                seen |= 1L << slot.position();
            } else if (!elsewhere.contains(field.getKey())) {
                throw unknown(field.getKey());
            }
        }
        for (Slot slot : slots) {
            if ((seen & 1L << slot.position()) == 0) {
                record.put(slot.position(), slot.hasDefault() ? slot.standard() : replaced(slot, absent));
            }
        }
        return record;
    }

    private Object replaced(Slot slot, Absent absent) {
        Object value = absent.value(slot.name());
        if (value == null) {
            throw new RefusedEventException(at(slot.name()) + " is missing");
        }
        return value;
    }

    private RefusedEventException unknown(String name) {
        List<String> known = new ArrayList<>(slots.stream().map(Slot::name).toList());
        if (path.isEmpty()) {
            known.addAll(elsewhere.stream().sorted().toList());
        }
        String instead = known.isEmpty() ? "there are none here" : "must be one of " + String.join(", ", known);
        return new RefusedEventException(
                "the field " + Shown.of(at(name)) + " is unknown, " + instead + Suggestion.of(name, known));
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Returns the default as the generated class has it. Those of the contract are null, empty, a text or a number. */
    private static Object standard(Schema.Field field) {
        Object value = field.hasDefaultValue() ? field.defaultVal() : null;
        if (value == JsonProperties.NULL_VALUE) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            return Map.copyOf(map);
        }
        return value instanceof List<?> list ? List.copyOf(list) : value;
    }
}
