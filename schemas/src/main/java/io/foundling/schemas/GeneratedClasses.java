package io.foundling.schemas;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Lets Avro use our generated classes. Since 1.12.2 Avro loads no class that the process has not declared as trusted
 * (AVRO-4189), generated ones included, and its list of them is one for the whole process. What others have declared stays
 * as it is; an older Avro has no such list and trusts every class.
 */
public final class GeneratedClasses {

    private GeneratedClasses() {}

    /** Declares them as trusted, once. Whoever replaces the list later must trust them too, or use {@link #model}. */
    public static synchronized void trust() {
        try {
            TrustedClasses.declare();
        } catch (NoClassDefFoundError older) {
            // Avro before 1.12.2, which the service may have chosen for itself.
        }
    }

    /**
     * Returns what Avro reads and copies records of a generated class with. It keeps the classes that it has once found, so
     * it no longer depends on the list; the same holds for the builders of the class and of all records in it.
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
