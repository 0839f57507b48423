package io.foundling.service.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * Texts that a terminal shows as they are. Control characters, formatting characters such as those that turn the
 * direction of writing (U+202E), and the separators of lines and paragraphs do not reach it.
 */
public final class Printable {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private Printable() {}

    /** Returns the text in one line, with a space for each run of such characters. */
    public static String line(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ");
    }

    /** Returns JSON in one line, with such characters in its texts written as escapes. */
    public static String json(JsonNode json) {
        return UNPRINTABLE.matcher(json.toString()).replaceAll(found -> escaped(found.group()));
    }

    private static String escaped(String text) {
        StringBuilder escapes = new StringBuilder();
        for (char each : text.toCharArray()) {
            escapes.append("\\\\u%04x".formatted((int) each));
        }
        return escapes.toString();
    }
}
