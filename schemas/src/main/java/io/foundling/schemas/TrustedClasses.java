package io.foundling.schemas;

import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Adds our generated classes to those that Avro may load. A class of its own, because Avro before 1.12.2 does not have the
 * types that it refers to: there it cannot be loaded.
 *
 * @param others what the process has declared before
 */
record TrustedClasses(ClassSecurityPredicate others) implements ClassSecurityPredicate {

    private static final String OURS = "io.foundling.";

    static void declare() {
        ClassSecurityPredicate declared = ClassSecurityValidator.getGlobal();
        if (!(declared instanceof TrustedClasses)) {
            ClassSecurityValidator.setGlobal(new TrustedClasses(declared));
        }
    }

    @Override
    public boolean isTrusted(Class<?> type) {
        return type.getName().startsWith(OURS) && type.isAnnotationPresent(AvroGenerated.class)
                || others.isTrusted(type);
    }

    @Override
    public void forbiddenClass(String name) {
        others.forbiddenClass(name);
    }
}
