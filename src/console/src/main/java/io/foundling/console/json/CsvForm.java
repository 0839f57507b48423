package io.foundling.console.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON objects as lines of a CSV (RFC 4180): a column for each value that is no object, named by its path. Lists, and
 * objects whose properties are not known before, are JSON in one cell. A text that a spreadsheet would take for a formula
 * begins with an apostrophe.
 */
public final class CsvForm {

    private static final String END = "\r\n";
    private static final String FORMULA = "=+-@\t\r\n";

    private final List<List<String>> columns;

    private CsvForm(List<List<String>> columns) {
        this.columns = columns;
    }

    /**
     * Makes that of objects.
     *
     * @param schemas has what the schema refers to
     */
    public static CsvForm of(ObjectNode schema, JsonSchemas schemas) {
        List<List<String>> columns = new ArrayList<>();
        collect(List.of(), schema, schemas, columns);
        return new CsvForm(List.copyOf(columns));
    }

    private static void collect(List<String> path, ObjectNode schema, JsonSchemas schemas, List<List<String>> columns) {
        ObjectNode value = schemas.resolved(withoutNull(schema));
        if (!value.has("properties")) {
            columns.add(path);
            return;
        }
        for (Map.Entry<String, JsonNode> property : value.get("properties").properties()) {
            List<String> longer = new ArrayList<>(path);
            longer.add(property.getKey());
            collect(List.copyOf(longer), (ObjectNode) property.getValue(), schemas, columns);
        }
    }

    private static ObjectNode withoutNull(ObjectNode schema) {
        JsonNode either = schema.path("anyOf");
        boolean isOrNull =
                either.size() == 2 && either.get(1).path("type").asText().equals("null");
        return isOrNull ? (ObjectNode) either.get(0) : schema;
    }

    /** Returns the first line, with its end. */
    public String header() {
        return columns.stream().map(path -> String.join(".", path)).collect(Collectors.joining(",")) + END;
    }

    /** Returns the line of an object, with its end. */
    public String line(ObjectNode object) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            append(value(object, columns.get(i)), line);
        }
        return line.append(END).toString();
    }

    private static JsonNode value(JsonNode object, List<String> path) {
        JsonNode value = object;
        for (String name : path) {
            value = value.path(name);
        }
        return value;
    }

    private static void append(JsonNode value, StringBuilder line) {
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        line.append(value.isTextual() ? cell(value.textValue()) : quoted(value.toString()));
    }

    /** Returns a text as the cell of a line: quoted where that is needed, and never a formula. */
    public static String cell(String text) {
        return quoted(guarded(text));
    }

    private static String quoted(String text) {
        boolean isPlain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String guarded(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
