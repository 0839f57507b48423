package io.foundling.service.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the log is written: a line for people, or a JSON object on a line of its own. The variable is read here and by
 * logback.xml, whose appenders have the same names; with a value that none has, there would be no log.
 */
enum LogFormat {
    TEXT,
    JSON;

    private static final String VARIABLE = "FOUNDLING_LOG_FORMAT";

    /** Returns what is wrong with the variable, if anything is. */
    static Optional<String> problem(Map<String, String> environment) {
        String written = environment.getOrDefault(VARIABLE, TEXT.written());
        return Arrays.stream(values()).anyMatch(format -> format.written().equals(written))
                ? Optional.empty()
                : Optional.of(VARIABLE + " is '" + written + "', expected "
                        + Arrays.stream(values()).map(LogFormat::written).collect(Collectors.joining(" or ")));
    }

    static boolean isJson(Map<String, String> environment) {
        return JSON.written().equals(environment.get(VARIABLE));
    }

    private String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
