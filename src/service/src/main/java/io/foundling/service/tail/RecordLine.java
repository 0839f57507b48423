package io.foundling.service.tail;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.service.table.Printable;
import io.foundling.topology.names.Headers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Writes a record in one line: time, status or type, subject and details. */
final class RecordLine {

    static final String NO_VALUE = "-";

    private RecordLine() {}

    static String disposition(JsonNode record) {
        JsonNode value = record.path("value");
        if (!isReadable(value)) {
            return other(record, "removed");
        }
        StringBuilder rest = new StringBuilder("since ").append(text(value, "enteredAt"));
        if (value.path("deadline").isObject()) {
            rest.append("  due ").append(text(value.path("deadline"), "at"));
            rest.append(" (").append(text(value.path("deadline"), "rule")).append(')');
        }
        append(rest, "reason", value);
        append(rest, "waitingOn", value);
        long open = count(value.path("marks"), true);
        long recovered = count(value.path("marks"), false);
        if (open + recovered > 0) {
            rest.append("  orphan marks ").append(open).append(" open, ");
            rest.append(recovered).append(" recovered");
        }
        return line(record, text(value, "status"), text(value, "attempt"), rest.toString());
    }

    static String orphan(JsonNode record) {
        JsonNode value = record.path("value");
        if (!isReadable(value)) {
            return other(record, "resolved");
        }
        StringBuilder rest = new StringBuilder(text(value, "status"))
                .append(" since ")
                .append(text(value, "enteredAt"))
                .append("  due ")
                .append(text(value, "startsAt"))
                .append(" (")
                .append(text(value, "rule"))
                .append(")  ")
                .append(text(value, "reason"));
        append(rest, "waitingOn", value);
        append(rest, "externalId", value);
        if (value.path("activeFor").asLong() > 0) {
            Duration activeFor = Duration.ofMillis(value.path("activeFor").asLong());
            rest.append("  active for ").append(activeFor.truncatedTo(ChronoUnit.SECONDS));
        }
        return line(record, label(record), text(value, "attempt"), rest.toString());
    }

    /** A warning of a silent source says nothing of an orphan yet. */
    private static String label(JsonNode orphan) {
        if (orphan.path("value").path("unknown").asBoolean()) {
            return "UNKNOWN";
        }
        boolean reminds =
                header(orphan, Headers.CHANGE).filter("REMINDER"::equals).isPresent();
        return reminds ? "REMINDER" : "ORPHAN";
    }

    /** The topic of expectations is the only one with events that the ledger writes itself. */
    static String expected(JsonNode record) {
        JsonNode value = record.path("value");
        if (!isReadable(value)) {
            return other(record, "revoked");
        }
        JsonNode body = value.path("body");
        StringBuilder rest = new StringBuilder("since ").append(text(value, "occurredAt"));
        append(rest, "dueAt", body);
        append(rest, "promisedBy", body);
        append(rest, "reason", body);
        return line(record, "EXPECTED", NO_VALUE, rest.toString());
    }

    static String clock(JsonNode record) {
        JsonNode value = record.path("value");
        if (!isReadable(value)) {
            return other(record, "nothing to report");
        }
        String rest = "clock %s  delay %s ms  held %s  events a minute %s"
                .formatted(text(value, "clock"), text(value, "delay"), text(value, "held"), text(value, "rate"));
        return line(record, "CLOCK", NO_VALUE, rest);
    }

    static String reconciliation(JsonNode record) {
        JsonNode value = record.path("value");
        if (!isReadable(value)) {
            return other(record, "taken back");
        }
        JsonNode check = value.path("check");
        StringBuilder rest =
                new StringBuilder(text(check, "checkType")).append(" of ").append(text(check, "runDate"));
        append(rest, "sourceRows", check);
        append(rest, "targetRows", check);
        append(rest, "mismatchedRows", check);
        append(rest, "sourceOnlyRows", check);
        append(rest, "targetOnlyRows", check);
        return line(record, text(check, "status"), NO_VALUE, rest.toString());
    }

    static String delivery(JsonNode record) {
        JsonNode value = record.path("value");
        if (!isReadable(value)) {
            return other(record, "forgotten, as the alert is gone");
        }
        String rest =
                "%s  attempts %s  %s".formatted(text(value, "status"), text(value, "attempts"), text(value, "answer"));
        return line(record, text(value, "result"), text(value, "version"), rest);
    }

    static String violation(JsonNode record) {
        JsonNode value = record.path("value");
        if (!isReadable(value)) {
            return other(record, "empty");
        }
        String from = "  (%s of %s, %s-%s@%s)"
                .formatted(
                        text(value, "instance"),
                        text(value, "service"),
                        text(value, "topic"),
                        text(value, "partition"),
                        text(value, "offset"));
        return line(record, text(value, "type"), text(value, "attempt"), text(value, "message") + from);
    }

    /** Header names of Kafka's handlers and of Foundling differ, but have the same endings. */
    static String deadLetter(JsonNode record) {
        String reason =
                header(record, "reason").or(() -> header(record, "exception")).orElse("unknown reason");
        String position = header(record, "topic").orElse("?")
                + '-'
                + header(record, "partition").orElse("?")
                + '@'
                + header(record, "offset").orElse("?");
        String message = header(record, "message").map(text -> "  " + text).orElse("");
        JsonNode value = record.path("value");
        String bytes = value.isObject()
                ? "  %s bytes '%s'".formatted(text(value, RecordJson.SIZE), text(value, RecordJson.PREVIEW))
                : "  no value";
        return line(record, reason, NO_VALUE, "from " + position + message + bytes);
    }

    /** Returns the line of a record without a value, or with one that cannot be read: it shows the headers. */
    static String other(JsonNode record, String tombstone) {
        JsonNode value = record.path("value");
        StringBuilder rest = new StringBuilder();
        for (Map.Entry<String, JsonNode> header : record.path("headers").properties()) {
            rest.append(header.getKey())
                    .append('=')
                    .append(header.getValue().asText())
                    .append("  ");
        }
        if (value.has(RecordJson.UNREADABLE)) {
            rest.append(text(value, RecordJson.UNREADABLE)).append(": ").append(text(value, RecordJson.HEX));
        }
        return line(record, value.isNull() ? tombstone : "unreadable", NO_VALUE, rest.toString());
    }

    static String line(JsonNode record, String what, String attempt, String rest) {
        return Printable.line("%-24s  %-20s  %3s  %-44s  %s"
                        .formatted(text(record, "timestamp"), what, attempt, text(record, "key"), rest))
                .stripTrailing();
    }

    static boolean isReadable(JsonNode value) {
        return value.isObject() && !value.has(RecordJson.UNREADABLE);
    }

    static void append(StringBuilder line, String field, JsonNode value) {
        if (value.hasNonNull(field)) {
            line.append("  ").append(field).append(' ').append(text(value, field));
        }
    }

    private static long count(JsonNode marks, boolean open) {
        long count = 0;
        for (JsonNode mark : marks) {
            if (mark.hasNonNull("recoveredAt") != open) {
                count++;
            }
        }
        return count;
    }

    static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isMissingNode() || value.isNull() ? NO_VALUE : value.asText();
    }

    private static Optional<String> header(JsonNode record, String ending) {
        for (Map.Entry<String, JsonNode> header : record.path("headers").properties()) {
            if (header.getKey().endsWith(ending) && !header.getValue().isNull()) {
                return Optional.of(header.getValue().asText());
            }
        }
        return Optional.empty();
    }
}
