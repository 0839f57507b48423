package io.foundling.demo;

import java.io.Console;
import java.util.Map;

/** Finds out whether colours and cursor movements reach the eyes of a person. */
final class Terminal {

    private Terminal() {}

    /** Returns whether the output of this process goes to a terminal. */
    static boolean isPresent() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /**
     * Returns whether escape sequences may be written. They may not if the output is redirected, if the terminal
     * understands none, or if the user asks for none (https://no-color.org).
     */
    static boolean takesEscapes(boolean present, Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "dumb");
        return present
                && !type.equals("dumb")
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Since Java 22 there is a console even if the output is redirected, and a method that says so. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
