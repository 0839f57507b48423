package io.foundling.service.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.service.table.Printable;
import io.foundling.service.table.TextTable;
import java.util.List;
import java.util.function.Predicate;

/** Writes rows as lines of one format. An answer of false says that nobody reads any more. */
interface RowWriter {

    boolean rows(List<ObjectNode> rows);

    /** Writes what comes after the last row. */
    default void end() {}

    static RowWriter table(TextTable table, Predicate<String> lines) {
        return rows -> table.lines(rows).stream().allMatch(lines);
    }

    static RowWriter ndjson(Predicate<String> lines) {
        return rows -> rows.stream().map(Printable::json).allMatch(lines);
    }

    static RowWriter json(Predicate<String> lines) {
        return new JsonArray(lines);
    }

    /** An array with a row on each line. */
    final class JsonArray implements RowWriter {

        private final Predicate<String> lines;
        private boolean isBegun;

        private JsonArray(Predicate<String> lines) {
            this.lines = lines;
        }

        @Override
        public boolean rows(List<ObjectNode> rows) {
            for (ObjectNode row : rows) {
                if (!lines.test((isBegun ? "," : "[") + Printable.json(row))) {
                    return false;
                }
                isBegun = true;
            }
            return true;
        }

        @Override
        public void end() {
            lines.test(isBegun ? "]" : "[]");
        }
    }
}
