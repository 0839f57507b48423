package io.foundling.demo;

/** The colours of a terminal, as escape sequences of ANSI X3.64 that all of them understand. */
enum Colour {
    FAINT("2"),
    RED("1;31"),
    GREEN("32"),
    YELLOW("33"),
    MAGENTA("35"),
    CYAN("36");

    private static final String END = "\033[0m";

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String of(String text) {
        return "\033[" + code + "m" + text + END;
    }
}
