package io.foundling.schemas;

import java.util.Arrays;
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

    /**
     * Declares the classes of all contracts as trusted. Everything of ours that reads or writes does so by itself; call it
     * before using generated classes without that, for example with Confluent's serdes. Whoever replaces the list later
     * must trust the classes too, or use {@link #model}.
     */
    public static void trust() {
        Set<Class<?>> classes = new HashSet<>();
        Arrays.stream(Contract.values()).forEach(contract -> classes.addAll(classes(contract.type())));
        declare(classes);
    }

    /**
     * Returns what Avro reads and copies records of a generated class with. It keeps the classes that it has once found, so
     * it no longer depends on the list; the same holds for the builders of the class and of all records in it.
     */
    public static SpecificData model(Class<? extends SpecificRecord> type) {
        declare(classes(type));
        Set<Schema> named = named(type);
        SpecificData model = SpecificData.getForClass(type);
        for (Schema schema : named) {
            Class<?> found = model.getClass(schema);
            // Avro may have been loaded where it cannot see our classes; writing needs none of this.
            if (found != null) {
                named.forEach(SpecificData.getForClass(found)::getClass);
            }
        }
        return model;
    }

    private static synchronized void declare(Set<Class<?>> classes) {
        try {
            TrustedClasses.declare(classes);
        } catch (NoClassDefFoundError missing) {
            if (!String.valueOf(missing.getMessage()).contains("ClassSecurity")) {
                throw missing;
            }
            // Avro before 1.12.2, which the service may have chosen for itself.
        }
    }

    private static Set<Class<?>> classes(Class<? extends SpecificRecord> type) {
        Set<Class<?>> classes = new HashSet<>();
        for (Schema schema : named(type)) {
            try {
                classes.add(Class.forName(SpecificData.getClassName(schema), false, type.getClassLoader()));
            } catch (ClassNotFoundException incomplete) {
                throw new IllegalStateException(
                        "the class of schema " + schema.getFullName() + " is missing beside " + type.getName(),
                        incomplete);
            }
        }
        return classes;
    }

    private static Set<Schema> named(Class<? extends SpecificRecord> type) {
        Set<Schema> named = new HashSet<>();
        collect(SpecificData.get().getSchema(type), named);
        return named;
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
