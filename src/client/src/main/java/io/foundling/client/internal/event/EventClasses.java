package io.foundling.client.internal.event;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.GeneratedClasses;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * Prepares the generated classes of events. They register the conversions that copying an event needs, here and in the
 * service's own code. All of them are initialized, because Avro keeps a value on the thread that initializes one.
 */
final class EventClasses {

    private final Set<Schema> seen = new HashSet<>();

    private EventClasses() {}

    /** Does nothing the second time. */
    static void prepare() {
        GeneratedClasses.model(AuditEvent.class);
        new EventClasses().initialize(AuditEvent.getClassSchema());
    }

    private void initialize(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema)) {
                    load(schema);
                    schema.getFields().forEach(field -> initialize(field.schema()));
                }
            }
            case ENUM, FIXED -> load(schema);
            case UNION -> schema.getTypes().forEach(this::initialize);
            case ARRAY -> initialize(schema.getElementType());
            case MAP -> initialize(schema.getValueType());
            default -> {
                // Java's own classes.
            }
        }
    }

    private static void load(Schema schema) {
        try {
            Class.forName(SpecificData.getClassName(schema), true, AuditEvent.class.getClassLoader());
        } catch (ClassNotFoundException incomplete) {
            throw new IllegalStateException("the class of schema " + schema.getFullName() + " is missing", incomplete);
        }
    }
}
