package io.foundling.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line on the screen: time, symbol, label, text. A text that is too long continues in further lines, at words, below
 * its own beginning. A word that alone is longer than the rest of a line is not broken: it may be a path to copy.
 */
final class Row {

    static final int WIDTH = 120;

    private static final int LABEL = 11;
    private static final String TEXT_INDENT = " ".repeat(12 + LABEL + 2);
    private static final int TEXT_WIDTH = WIDTH - TEXT_INDENT.length();

    private final String time;
    private final LineKind kind;
    private final List<String> lines;

    /** Control and formatting characters in the text become spaces, so that nobody's data moves the cursor. */
    Row(double elapsedSeconds, LineKind kind, String text) {
        this.time = String.format(Locale.ROOT, "%6.1f s", elapsedSeconds);
        this.kind = kind;
        this.lines = folded(text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " "));
    }

    /** Returns a line or several, as they are printed. */
    List<String> printed(boolean coloured) {
        List<String> printed = new ArrayList<>();
        for (String line : lines) {
            printed.add(printed.isEmpty() ? first(line, coloured) : following(line, coloured));
        }
        return printed;
    }

    private String first(String line, boolean coloured) {
        String mark = String.format(Locale.ROOT, "%s %-" + LABEL + "s", kind.symbol(), kind.label());
        if (!coloured) {
            return time + "  " + mark + "  " + line;
        }
        Colour colour = kind.colour();
        return kind.isBackground()
                ? colour.of(time + "  " + mark + "  " + line)
                : Colour.FAINT.of(time) + "  " + colour.of(mark) + "  " + line;
    }

    private String following(String line, boolean coloured) {
        return TEXT_INDENT + (coloured && kind.isBackground() ? kind.colour().of(line) : line);
    }

    private static List<String> folded(String text) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > TEXT_WIDTH) {
            int space = rest.lastIndexOf(' ', TEXT_WIDTH);
            int end = space > 0 ? space : rest.indexOf(' ');
            if (end <= 0) {
                break;
            }
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
