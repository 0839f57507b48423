package io.foundling.service.tail;

import static io.foundling.service.tail.RecordLine.append;
import static io.foundling.service.tail.RecordLine.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.audit.AuditEvent;
import io.foundling.service.table.Cells;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;

/** Writes an event of a source topic in one line. */
final class EventLine {

    /** Has the name of the body, which its JSON has not. */
    static final String FACT = "fact";

    private static final String[] SHOWN = {
        "dueAt",
        "waitingOn",
        "reason",
        "promisedBy",
        "errorType",
        "message",
        "externalId",
        "actor",
        "checkType",
        "status",
        "runDate"
    };

    private EventLine() {}

    /** Returns the names that a body may have. */
    static List<String> facts() {
        return AuditEvent.getClassSchema().getField("body").schema().getTypes().stream()
                .map(Schema::getName)
                .toList();
    }

    /** Returns the status that an event gives its subject, or the name of its fact if it gives none. */
    static String status(JsonNode value) {
        String fact = value.path(FACT).asText();
        return switch (fact) {
            case "Opened" -> "OPEN";
            case "Declared" -> "EXPECTED";
            case "Failed" -> value.at("/body/retriable").asBoolean() ? "RETRYING" : "FAILED";
            default -> fact.toUpperCase(Locale.ROOT);
        };
    }

    static String of(JsonNode record) {
        JsonNode value = record.path("value");
        if (!RecordLine.isReadable(value)) {
            return RecordLine.other(record, "empty");
        }
        StringBuilder rest = new StringBuilder("occurred ").append(text(value, "occurredAt"));
        Cells.subject(value.path("parent"))
                .ifPresent(parent -> rest.append("  parent ").append(parent));
        for (String field : SHOWN) {
            append(rest, field, value.path("body"));
        }
        append(rest, "detail", value);
        rest.append("  by ").append(text(value.path("producer"), "service"));
        return RecordLine.line(record, text(value, FACT), text(value, "attempt"), rest.toString());
    }
}
