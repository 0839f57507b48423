package io.foundling.service.tail;

import static io.foundling.service.tail.RecordLine.append;
import static io.foundling.service.tail.RecordLine.isReadable;
import static io.foundling.service.tail.RecordLine.line;
import static io.foundling.service.tail.RecordLine.other;
import static io.foundling.service.tail.RecordLine.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Writes the records that follow from the end of a parent in one line each: closures, settlements and alerts. */
final class SettlementLine {

    private SettlementLine() {}

    static String closure(JsonNode record) {
        JsonNode value = record.path("value");
        if (!isReadable(value)) {
            return other(record, "note");
        }
        boolean closed = value.hasNonNull("closedAt");
        StringBuilder rest = new StringBuilder("version ").append(text(value, "version"));
        append(rest, "outcome", value);
        append(rest, "closedAt", value);
        append(rest, "previousClosedAt", value);
        append(rest, "expectedMembers", value);
        return line(record, closed ? "CLOSED" : "REOPENED", text(value, "attempt"), rest.toString());
    }

    static String settlement(JsonNode record) {
        JsonNode value = record.path("value");
        if (!isReadable(value)) {
            return other(record, "taken back");
        }
        StringBuilder rest = new StringBuilder(text(value, "outcome"))
                .append(" at ")
                .append(text(value, "closedAt"))
                .append("  ")
                .append(figures(value));
        appendKeys(rest, "missing", value.path("missing"));
        appendIncomplete(rest, value.path("incomplete").asBoolean());
        return line(record, "SETTLED", text(value, "attempt"), rest.toString());
    }

    static String alert(JsonNode record) {
        JsonNode value = record.path("value");
        if (!isReadable(value)) {
            return other(record, "removed");
        }
        JsonNode annotations = value.path("annotations");
        StringBuilder rest = new StringBuilder(text(value, "type"))
                .append(" count ")
                .append(text(value, "count"))
                .append(" since ")
                .append(text(value, "startsAt"));
        if (value.hasNonNull("endsAt")) {
            rest.append(" until ").append(text(value, "endsAt"));
        }
        rest.append("  ").append(text(annotations, "summary"));
        appendKeys(rest, "samples", value.path("samples"));
        appendIncomplete(rest, annotations.has("completeness"));
        return line(record, text(value, "status"), RecordLine.NO_VALUE, rest.toString());
    }

    /**
     * Returns the figures, such as {@code expected 10, deferred 10, returned 9 (COMPLETED 9), moved 0, orphaned 1}. How
     * the members differ from what was announced follows where they do.
     */
    private static String figures(JsonNode value) {
        long returned = 0;
        List<String> outcomes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> outcome : value.path("returned").properties()) {
            returned += outcome.getValue().asLong();
            outcomes.add(outcome.getKey() + ' ' + outcome.getValue().asLong());
        }
        // A map comes in no order.
        Collections.sort(outcomes);
        return "expected %s, deferred %s, returned %d%s, moved %s, orphaned %s%s%s%s"
                .formatted(
                        text(value, "expected"),
                        text(value, "deferred"),
                        returned,
                        outcomes.isEmpty() ? "" : " (" + String.join(", ", outcomes) + ')',
                        text(value, "moved"),
                        text(value, "orphaned"),
                        difference(value, "neverBegan", "never began"),
                        difference(value, "unseen", "unseen"),
                        difference(value, "unannounced", "unannounced"));
    }

    private static String difference(JsonNode value, String field, String name) {
        long figure = value.path(field).asLong();
        return figure == 0 ? "" : ", " + name + ' ' + figure;
    }

    private static void appendKeys(StringBuilder rest, String name, JsonNode keys) {
        if (keys.isEmpty()) {
            return;
        }
        List<String> texts = new ArrayList<>();
        keys.forEach(key -> texts.add(key.asText()));
        rest.append("  ").append(name).append(' ').append(String.join(" ", texts));
    }

    private static void appendIncomplete(StringBuilder rest, boolean incomplete) {
        if (incomplete) {
            rest.append("  INCOMPLETE");
        }
    }
}
