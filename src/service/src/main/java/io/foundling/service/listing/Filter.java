package io.foundling.service.listing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One way to narrow a list. The console checks the value.
 *
 * @param option of the command line
 * @param parameter of the API
 * @param label what the help calls the value
 * @param candidates values for the completion; empty: any text
 */
public record Filter(
        String option, String parameter, String label, String description, Kind kind, List<String> candidates) {

    /** What becomes of the value. */
    public enum Kind {
        /** It is sent as it is. */
        TEXT,
        /** It is sent in ISO form. */
        MOMENT,
        /** The option has no value, and {@code true} is sent. */
        FLAG,
        /** The option has no value, and only rows count in which the value of the parameter is true. */
        ROWS
    }

    public Filter {
        candidates = List.copyOf(candidates);
    }

    static Filter text(String option, String label, String description) {
        return new Filter(option, parameter(option), label, description, Kind.TEXT, List.of());
    }

    static Filter oneOf(String option, Class<? extends Enum<?>> type, String description) {
        List<String> candidates = Arrays.stream(type.getEnumConstants())
                .map(Enum::name)
                .filter(name -> !name.equals("UNKNOWN"))
                .toList();
        String label = parameter(option).toUpperCase(Locale.ROOT);
        return new Filter(
                option,
                parameter(option),
                label,
                description + ": " + String.join(", ", candidates) + ".",
                Kind.TEXT,
                candidates);
    }

    static Filter moment(String option, String description) {
        return new Filter(
                option,
                parameter(option),
                "TIME",
                description + ": a duration ago such as 24h, today, yesterday, a date, or 2026-11-30T12:00:00Z.",
                Kind.MOMENT,
                List.of("today", "yesterday"));
    }

    static Filter flag(String option, String description) {
        return new Filter(option, parameter(option), "", description, Kind.FLAG, List.of());
    }

    static Filter rows(String option, String description) {
        return new Filter(option, parameter(option), "", description, Kind.ROWS, List.of());
    }

    /** Returns {@code minAge} for {@code --min-age}. */
    private static String parameter(String option) {
        StringBuilder name = new StringBuilder();
        for (String word : option.substring(2).split("-")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
