package io.foundling.service.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.service.table.Column.Fit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Rows as aligned lines. The first rows decide how wide the columns are, so that a list of any length needs the memory of
 * one page. If a width is given, long cells are cut with an ellipsis: texts first, keys last, and none below its least
 * width, so that a very narrow terminal still wraps lines.
 */
public final class TextTable {

    private static final String GAP = "  ";
    private static final String CUT = "…";
    private static final int LEAST = 12;

    private final List<Column> columns;
    private final OptionalInt width;
    private final Instant now;
    private int[] widths;

    /**
     * Makes an empty one.
     *
     * @param width of the terminal; none: nothing is cut
     * @param now that ages are counted up to
     */
    public TextTable(List<Column> columns, OptionalInt width, Instant now) {
        this.columns = List.copyOf(columns);
        this.width = width;
        this.now = now;
    }

    /** Returns the lines of some more rows; the first ones begin with the titles. */
    public List<String> lines(List<? extends JsonNode> rows) {
        List<List<String>> cells = new ArrayList<>();
        boolean isBeginning = widths == null;
        if (isBeginning) {
            cells.add(columns.stream().map(Column::title).toList());
        }
        rows.forEach(row -> cells.add(columns.stream()
                .map(column -> Printable.line(column.cell().of(row, now)))
                .toList()));
        if (isBeginning) {
            widths = fitted(natural(cells));
        }
        return cells.stream().map(this::line).toList();
    }

    private int[] natural(List<List<String>> cells) {
        int[] natural = new int[columns.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < natural.length; i++) {
                natural[i] = Math.max(natural[i], length(line.get(i)));
            }
        }
        return natural;
    }

    private int[] fitted(int[] natural) {
        if (width.isPresent()) {
            cut(natural, Fit.TEXT);
            cut(natural, Fit.CONTEXT);
            cut(natural, Fit.KEY);
        }
        return natural;
    }

    /** Takes from the widest column of a kind, one character after the other. */
    private void cut(int[] all, Fit kind) {
        int excess = -GAP.length() - width.getAsInt();
        for (int each : all) {
            excess += each + GAP.length();
        }
        for (; excess > 0; excess--) {
            int widest = -1;
            for (int i = 0; i < all.length; i++) {
                boolean mayBeCut = columns.get(i).fit() == kind && all[i] > LEAST;
                if (mayBeCut && (widest < 0 || all[i] > all[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            all[widest]--;
        }
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = shortened(cells.get(i), i);
            String padding = " ".repeat(Math.max(0, widths[i] - length(cell)));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).fit() == Fit.RIGHT ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    /** Without a width a later cell may be longer than the column. */
    private String shortened(String cell, int column) {
        int excess = length(cell) - widths[column];
        if (width.isEmpty() || excess <= 0) {
            return cell;
        }
        return switch (columns.get(column).fit()) {
            case WHOLE, RIGHT -> cell;
            case TEXT -> cell.substring(0, cell.offsetByCodePoints(0, widths[column] - 1)) + CUT;
            case CONTEXT, KEY -> CUT + cell.substring(cell.offsetByCodePoints(0, excess + 1));
        };
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
