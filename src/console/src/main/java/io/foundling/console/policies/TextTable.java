package io.foundling.console.policies;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns of text, each as wide as its widest cell, two spaces apart. Columns of numbers are aligned to the right. */
final class TextTable {

    /** Would break the line, or turn the direction of writing: names of producers may have some of them. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private final List<List<String>> rows = new ArrayList<>();
    private final int firstNumber;

    /** @param firstNumber from this column on there are numbers */
    TextTable(int firstNumber, String... headings) {
        this.firstNumber = firstNumber;
        rows.add(List.of(headings));
    }

    void add(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(UNPRINTABLE.matcher(String.valueOf(cell)).replaceAll(" "));
        }
        rows.add(row);
    }

    void appendTo(StringBuilder text) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                String space = " ".repeat(widths[column] - cell.length());
                line.append(column == 0 ? "" : "  ").append(column >= firstNumber ? space + cell : cell + space);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
