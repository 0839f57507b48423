package io.foundling.service.mapping;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Pending;
import io.foundling.schemas.GeneratedClasses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A body and the sources of its fields. Fields without a source take their default; a Pending's startedAt and
 * completedAt are then the event's time, and its durationMs is the time between them.
 */
record BodyTemplate(Schema schema, Map<String, BodyField> fields) {

    /** The model that makes bodies and their values. */
    static final SpecificData MODEL = GeneratedClasses.model(AuditEvent.class);

    /** The fields of Pending that need not be named; in the order in which they follow from each other. */
    private static final Set<String> FOLLOWS_FROM_TIME = Set.of("startedAt", "completedAt", "durationMs");

    BodyTemplate {
        fields = Map.copyOf(fields);
    }

    /** Returns the schemas of all bodies. */
    static List<Schema> bodies() {
        return AuditEvent.getClassSchema().getField("body").schema().getTypes();
    }

    String name() {
        return schema.getName();
    }

    /** Whether a mapping must fill a field. */
    static boolean mustBeNamed(Schema body, Schema.Field field) {
        boolean follows = body.getFullName().equals(Pending.getClassSchema().getFullName())
                && FOLLOWS_FROM_TIME.contains(field.name());
        return !field.hasDefaultValue() && !follows;
    }

    /**
     * Returns the body of a record.
     *
     * @throws RecordRejectedException if a field has no value, or a text that is none of its type
     */
    SpecificRecord of(Input input, Instant time, TimeFormat times) throws RecordRejectedException {
        SpecificRecord body = (SpecificRecord) MODEL.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            Optional<Object> named = value(field, input, times);
            body.put(field.pos(), named.isPresent() ? named.get() : unnamed(field, body, time));
        }
        return body;
    }

    private Optional<Object> value(Schema.Field field, Input input, TimeFormat times) throws RecordRejectedException {
        if (!fields.containsKey(field.name())) {
            return Optional.empty();
        }
        try {
            return fields.get(field.name()).in(input, times);
        } catch (IllegalArgumentException unfit) {
            throw new RecordRejectedException("has for " + name(field) + ": " + unfit.getMessage());
        }
    }

    private Object unnamed(Schema.Field field, SpecificRecord body, Instant time) throws RecordRejectedException {
        if (field.hasDefaultValue()) {
            return MODEL.getDefaultValue(field);
        }
        if (mustBeNamed(schema, field)) {
            throw new RecordRejectedException("has no value for " + name(field));
        }
        return body instanceof Pending pending && field.name().equals("durationMs") ? duration(pending) : time;
    }

    private static long duration(Pending pending) {
        return Math.max(
                0,
                Duration.between(pending.getStartedAt(), pending.getCompletedAt())
                        .toMillis());
    }

    private String name(Schema.Field field) {
        return schema.getName() + '.' + field.name();
    }
}
