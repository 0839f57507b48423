package io.foundling.service.table;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What is known of the terminal. The start script of a checkout sets COLUMNS if its output is one; without it nothing is
 * cut, so that what is written to a file or another program is whole.
 *
 * @param width in characters
 */
public record Terminal(OptionalInt width) {

    private static final String COLUMNS = "COLUMNS";
    private static final String NUMBER = "[1-9]\\d{0,4}";

    /** Whether standard output goes to a terminal, as far as that is known. */
    public boolean isShown() {
        return width.isPresent() || System.console() != null;
    }

    /** Returns that of the environment. */
    public static Terminal of(Map<String, String> environment) {
        String columns = environment.getOrDefault(COLUMNS, "");
        return new Terminal(columns.matches(NUMBER) ? OptionalInt.of(Integer.parseInt(columns)) : OptionalInt.empty());
    }
}
