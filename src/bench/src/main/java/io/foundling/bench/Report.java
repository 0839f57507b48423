package io.foundling.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes Markdown line by line to stdout and to a file, so that an aborted run leaves its results. */
public final class Report {

    private final Path file;
    private final StringBuilder text = new StringBuilder();

    public Report(Path file) {
        this.file = file;
    }

    public void paragraph(String format, Object... values) {
        line(String.format(Locale.ROOT, format, values));
        line("");
    }

    public void head(String... columns) {
        row((Object[]) columns);
        row(List.of(columns).stream().map(column -> "---").toArray());
    }

    /** Adds a row; fractions are rounded to their meaningful digits. */
    public void row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ')
                    .append(cell instanceof Double number ? digits(number) : cell)
                    .append(" |");
        }
        line(row.toString());
    }

    public void endOfTable() {
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
