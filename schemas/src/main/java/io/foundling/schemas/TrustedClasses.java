package io.foundling.schemas;

import java.util.Collection;
import java.util.List;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Adds classes to those that Avro may load. A class of its own, because Avro before 1.12.2 does not have the types that it
 * refers to: there it cannot be loaded. What Avro keeps afterwards refers to no class of ours, so that an application that
 * is undeployed can be unloaded although its Avro stays.
 */
final class TrustedClasses {

    private TrustedClasses() {}

    static void declare(Collection<Class<?>> classes) {
        ClassSecurityPredicate declared = ClassSecurityValidator.getGlobal();
        List<Class<?>> missing =
                classes.stream().filter(type -> !declared.isTrusted(type)).toList();
        if (missing.isEmpty()) {
            return;
        }
        ClassSecurityValidator.Builder added = ClassSecurityValidator.builder();
        missing.forEach(added::add);
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(declared, added.build()));
    }
}
