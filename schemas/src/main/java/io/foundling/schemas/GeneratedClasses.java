package io.foundling.schemas;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Allows Avro to load our generated classes. Since 1.12.2 Avro loads only classes that the process has declared as
 * trusted (AVRO-4189), in one list for the whole process. This class adds to the list and removes nothing. An older
 * Avro has no such list and trusts every class.
 */
public final class GeneratedClasses {

    private GeneratedClasses() {}

    /**
     * Declares our classes as trusted, once. Code that replaces the list later must include them, or use {@link
     * #model}.
     */
    public static synchronized void trust() {
        try {
            TrustedClasses.declare();
        } catch (NoClassDefFoundError older) {
            // Avro before 1.12.2, which the service may have chosen for itself.
        }
    }

    /**
     * Returns the model with which Avro reads and copies records of a generated class. It remembers the classes that it
     * has loaded, so it no longer depends on the list; nor do the builders of the class and of the records in it.
     */
    public static SpecificData model(Class<? extends SpecificRecord> type) {
        trust();
        Set<Schema> named = new HashSet<>();
        collect(SpecificData.get().getSchema(type), named);
        SpecificData model = SpecificData.getForClass(type);
        for (Schema schema : named) {
            Class<?> found = model.getClass(schema);
            named.forEach(SpecificData.getForClass(found)::getClass);
        }
        return model;
    }

    private static void collect(Schema schema, Set<Schema> named) {
        switch (schema.getType()) {
            case RECORD -> {
                if (named.add(schema)) {
                    schema.getFields().forEach(field -> collect(field.schema(), named));
                }
            }
            case ENUM, FIXED -> named.add(schema);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, named));
            case ARRAY -> collect(schema.getElementType(), named);
            case MAP -> collect(schema.getValueType(), named);
            default -> {
                // Java's own classes.
            }
        }
    }
}
