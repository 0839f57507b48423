package io.foundling.console.web;

import io.foundling.topology.lifecycle.Texts;
import java.util.regex.Pattern;

/** Shows a text of a caller in a sentence: quoted, on one line, and not longer than it helps. */
public final class Shown {

    private static final int MAX_BYTES = 120;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private Shown() {}

    public static String of(String text) {
        String part = Texts.truncate(text, MAX_BYTES);
        String whole = UNPRINTABLE.matcher(part).replaceAll("?");
        return "'" + whole + (part.length() < text.length() ? "…" : "") + "'";
    }
}
