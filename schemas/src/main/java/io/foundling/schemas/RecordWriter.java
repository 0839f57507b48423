package io.foundling.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes records of one schema in Avro binary. What the schema alone decides is decided once. Avro's own writer decides
 * it for each value; it is used for the sentence about a value that does not follow the schema. Not thread-safe.
 */
final class RecordWriter {

    private final Part writer;
    private final SpecificDatumWriter<SpecificRecord> explaining;

    /** Writes the values of one part of a schema. */
    interface Part {
        void write(Object value, Encoder out) throws IOException;
    }

    RecordWriter(Schema schema, SpecificData model) {
        explaining = new SpecificDatumWriter<>(schema, model);
        writer = part(schema, model, new IdentityHashMap<>());
    }

    /**
     * Writes a record.
     *
     * @throws RuntimeException if it does not follow the schema; some of it may be written
     */
    void write(SpecificRecord value, Encoder out) throws IOException {
        try {
            writer.write(value, out);
        } catch (RuntimeException invalid) {
            explaining.write(value, out);
            throw invalid;
        }
    }

    private static Part part(Schema schema, SpecificData model, Map<Schema, Part[]> records) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.TimestampMillis) {
            return (value, out) -> out.writeLong(((Instant) value).toEpochMilli());
        } else if (logical instanceof LogicalTypes.Date) {
            return (value, out) -> out.writeInt((int) ((LocalDate) value).toEpochDay());
        } else if (logical instanceof LogicalTypes.Uuid && schema.getType() == Schema.Type.STRING) {
            return (value, out) -> out.writeString(((UUID) value).toString());
        } else if (logical != null) {
            throw new IllegalArgumentException(
                    "the logical type " + logical.getName() + " is not written here, add it to RecordWriter");
        }
        return switch (schema.getType()) {
            case NULL -> (value, out) -> out.writeNull();
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case INT -> (value, out) -> out.writeInt((Integer) value);
            case LONG -> (value, out) -> out.writeLong((Long) value);
            case FLOAT -> (value, out) -> out.writeFloat((Float) value);
            case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
            case STRING -> (value, out) -> out.writeString((CharSequence) value);
            case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) value);
            case FIXED -> (value, out) -> out.writeFixed(((GenericFixed) value).bytes());
            case ENUM -> (value, out) -> out.writeEnum(schema.getEnumOrdinal(value.toString()));
            case ARRAY -> array(part(schema.getElementType(), model, records));
            case MAP -> map(part(schema.getValueType(), model, records));
            case UNION -> union(schema, model, records);
            case RECORD -> record(schema, model, records);
        };
    }

    private static Part array(Part items) {
        return (value, out) -> {
            Collection<?> all = (Collection<?>) value;
            out.writeArrayStart();
            out.setItemCount(all.size());
            for (Object each : all) {
                out.startItem();
                items.write(each, out);
            }
            out.writeArrayEnd();
        };
    }

    private static Part map(Part values) {
        return (value, out) -> {
            Map<?, ?> all = (Map<?, ?>) value;
            out.writeMapStart();
            out.setItemCount(all.size());
            for (Map.Entry<?, ?> each : all.entrySet()) {
                out.startItem();
                out.writeString((CharSequence) each.getKey());
                values.write(each.getValue(), out);
            }
            out.writeMapEnd();
        };
    }

    private static Part union(Schema schema, SpecificData model, Map<Schema, Part[]> records) {
        List<Schema> branches = schema.getTypes();
        Part[] parts = new Part[branches.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(branches.get(i), model, records);
        }
        if (parts.length == 2 && schema.isNullable()) {
            int empty = branches.get(0).getType() == Schema.Type.NULL ? 0 : 1;
            return (value, out) -> writeBranch(value == null ? empty : 1 - empty, parts, value, out);
        }
        return (value, out) -> writeBranch(branch(value, branches, schema, model), parts, value, out);
    }

    private static void writeBranch(int index, Part[] parts, Object value, Encoder out) throws IOException {
        out.writeIndex(index);
        parts[index].write(value, out);
    }

    private static int branch(Object value, List<Schema> branches, Schema schema, SpecificData model) {
        if (value instanceof SpecificRecord) {
            Schema own = ((SpecificRecord) value).getSchema();
            for (int i = 0; i < branches.size(); i++) {
                if (branches.get(i) == own) {
                    return i;
                }
            }
        }
        return model.resolveUnion(schema, value);
    }

    private static Part record(Schema schema, SpecificData model, Map<Schema, Part[]> records) {
        Part[] known = records.get(schema);
        Part[] fields = known == null ? new Part[schema.getFields().size()] : known;
        if (known == null) {
            records.put(schema, fields);
            for (Schema.Field each : schema.getFields()) {
                fields[each.pos()] = part(each.schema(), model, records);
            }
        }
        Part all = (value, out) -> {
            SpecificRecord record = (SpecificRecord) value;
            for (int i = 0; i < fields.length; i++) {
                fields[i].write(record.get(i), out);
            }
        };
        return RepeatedRecord.isMadeOfScalars(schema) ? new RepeatedRecord(all, fields.length)::write : all;
    }
}
