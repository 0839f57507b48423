package io.foundling.console.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws figures over time. Pure. */
final class Charts {

    private static final int MARGIN = 3;

    private Charts() {}

    /**
     * Returns the chart of one figure.
     *
     * @param rows of the history, the oldest first
     * @param figure the name of the value in a row, which may be missing
     */
    static OverviewView.Chart of(String name, String tone, List<Row> rows, String figure) {
        long highest = rows.stream().mapToLong(row -> row.number(figure)).max().orElse(0);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        Optional<Long> last = Optional.empty();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).has(figure)) {
                last = Optional.of(rows.get(i).number(figure));
                line.append(point(i, rows.size(), last.get(), highest)).append(' ');
            } else if (line.length() > 0) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
        }
        if (line.length() > 0) {
            lines.add(line.toString().strip());
        }
        String words = last.map(
                        value -> name + ": " + Row.counted(value) + " at last, " + Row.counted(highest) + " at most")
                .orElse(name + ": not counted yet");
        return new OverviewView.Chart(name, tone, lines, last, highest, words);
    }

    private static String point(int i, int count, long value, long highest) {
        double x = MARGIN + (double) i / Math.max(1, count - 1) * (OverviewView.Chart.WIDTH - 2 * MARGIN);
        double part = highest == 0 ? 0 : (double) value / highest;
        double y = OverviewView.Chart.HEIGHT - MARGIN - part * (OverviewView.Chart.HEIGHT - 2 * MARGIN);
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }
}
