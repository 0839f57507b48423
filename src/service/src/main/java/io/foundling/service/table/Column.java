package io.foundling.service.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One column of a table. */
public record Column(String title, Fit fit, Cell cell) {

    /** What happens to a column if the terminal is too narrow. */
    public enum Fit {
        /** It stays as it is. */
        WHOLE,
        /** It stays as it is, with its end at the right. */
        RIGHT,
        /** Texts are cut first, at their ends. */
        TEXT,
        /** Keys of other subjects are cut next, at their beginnings: the end is what differs. */
        CONTEXT,
        /** Keys are cut last, at their beginnings. */
        KEY
    }

    /** Makes the text of a cell. */
    @FunctionalInterface
    public interface Cell {
        String of(JsonNode row, Instant now);
    }

    public static Column whole(String title, Cell cell) {
        return new Column(title, Fit.WHOLE, cell);
    }

    public static Column right(String title, Cell cell) {
        return new Column(title, Fit.RIGHT, cell);
    }

    public static Column key(String title, Cell cell) {
        return new Column(title, Fit.KEY, cell);
    }

    public static Column context(String title, Cell cell) {
        return new Column(title, Fit.CONTEXT, cell);
    }

    public static Column text(String title, Cell cell) {
        return new Column(title, Fit.TEXT, cell);
    }
}
