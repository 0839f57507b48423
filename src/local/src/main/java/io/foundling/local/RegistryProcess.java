package io.foundling.local;

import java.lang.reflect.Method;

/** The main class of the registry's JVM. It runs the registry and ends together with the process that started it. */
final class RegistryProcess {

    /** The main class in the manifest of the distribution's runner jar. */
    private static final String REGISTRY_MAIN = "io.quarkus.runner.GeneratedMain";

    private RegistryProcess() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        ParentWatch.exitAtEndOf(System.in);
        Method main = Class.forName(REGISTRY_MAIN).getMethod("main", String[].class);
        main.invoke(null, (Object) args);
    }
}
