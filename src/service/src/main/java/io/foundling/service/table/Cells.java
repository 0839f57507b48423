package io.foundling.service.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.table.Column.Cell;
import io.foundling.topology.text.DurationWords;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The usual cells. A value that is missing is a hyphen. Pure. */
public final class Cells {

    public static final String NONE = "-";

    private Cells() {}

    /** Returns a value as it is. */
    public static Cell value(String pointer) {
        return (row, now) -> text(row.at(pointer));
    }

    /** Returns how long ago a moment was. */
    public static Cell age(String pointer) {
        return (row, now) -> moment(row, pointer).map(at -> age(at, now)).orElse(NONE);
    }

    /** Returns how long ago a moment was, or in what time it will be. */
    public static Cell distance(String pointer) {
        return (row, now) -> moment(row, pointer).map(at -> distance(at, now)).orElse(NONE);
    }

    /** Returns a duration that is in milliseconds. */
    public static Cell duration(String pointer) {
        return (row, now) ->
                row.at(pointer).isNumber() ? DurationWords.brief(row.at(pointer).asLong()) : NONE;
    }

    /** Returns the first value that is there. */
    public static Cell first(String... pointers) {
        return (row, now) -> {
            for (String pointer : pointers) {
                if (!text(row.at(pointer)).equals(NONE)) {
                    return text(row.at(pointer));
                }
            }
            return NONE;
        };
    }

    /** Returns the key of a subject. */
    public static Cell subject(String pointer) {
        return (row, now) -> subject(row.at(pointer)).orElse(NONE);
    }

    /** Returns numbers by name, the names in order. */
    public static Cell counts(String pointer) {
        return (row, now) -> {
            Map<String, String> sorted = new TreeMap<>();
            row.at(pointer).properties().forEach(each -> sorted.put(each.getKey(), text(each.getValue())));
            List<String> texts = new ArrayList<>();
            sorted.forEach((name, count) -> texts.add(name + ' ' + count));
            return texts.isEmpty() ? NONE : String.join(", ", texts);
        };
    }

    /** Returns the key of a subject that is an object of its four parts. */
    public static Optional<String> subject(JsonNode subject) {
        return subject.isObject()
                ? Optional.of(subject.path("kind").asText().toLowerCase(Locale.ROOT)
                        + '/'
                        + SubjectKey.encode(subject.path("source").asText())
                        + '/'
                        + SubjectKey.encode(subject.path("stage").asText())
                        + '/'
                        + SubjectKey.encode(subject.path("id").asText()))
                : Optional.empty();
    }

    /** Returns a moment; none if there is no text, or no moment in it. */
    public static Optional<Instant> moment(JsonNode row, String pointer) {
        try {
            return Optional.of(row.at(pointer)).filter(JsonNode::isTextual).map(node -> Instant.parse(node.asText()));
        } catch (DateTimeException noMoment) {
            return Optional.empty();
        }
    }

    /** Returns how long ago a moment was. One that a clock ahead of this one gave was now. */
    public static String age(Instant at, Instant now) {
        return DurationWords.brief(Math.max(0, Duration.between(at, now).toMillis()));
    }

    /** Returns how long ago a moment was, or in what time it will be. */
    public static String distance(Instant at, Instant now) {
        long ms = Duration.between(now, at).toMillis();
        return ms >= 0 ? "in " + DurationWords.brief(ms) : DurationWords.brief(-ms) + " ago";
    }

    /** Returns a value as text. */
    public static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return NONE;
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
