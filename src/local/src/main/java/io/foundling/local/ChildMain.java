package io.foundling.local;

import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * The main class of a child JVM: {@code ChildMain MAIN_CLASS [argument]...}. It runs the named main class and ends
 * together with the process that started it. It needs no library, so it fits beside any class path.
 */
final class ChildMain {

    private ChildMain() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        ParentWatch.exitAtEndOf(System.in);
        Method main = Class.forName(args[0]).getMethod("main", String[].class);
        // The main class itself need not be public.
        main.setAccessible(true);
        main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    }
}
