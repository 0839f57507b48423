package io.foundling.bench.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes Markdown line by line to stdout and to a file, so that an aborted run leaves its results. */
final class Report {

    private final Path file;
    private final StringBuilder text = new StringBuilder();

    Report(Path file) {
        this.file = file;
    }

    void paragraph(String format, Object... values) {
        line(String.format(Locale.ROOT, format, values));
        line("");
    }

    void head(String... columns) {
        row((Object[]) columns);
        row(List.of(columns).stream().map(column -> "---").toArray());
    }

    /** Adds a row; fractions are rounded to their meaningful digits. */
    void row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ')
                    .append(cell instanceof Double number ? digits(number) : cell)
                    .append(" |");
        }
        line(row.toString());
    }

    void endOfTable() {
        line("");
    }

    private static String digits(double number) {
        String format = number >= 100 ? "%,.0f" : number >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, number);
    }

    private void line(String line) {
        System.out.println(line);
        text.append(line).append('\n');
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
