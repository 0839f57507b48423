package io.foundling.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An object of an answer of the API for templates: a missing text is empty, and a missing number is 0. */
public final class Row {

    private final JsonNode json;
    private final Instant now;

    Row(JsonNode json, Instant now) {
        this.json = json;
        this.now = now;
    }

    /** Returns a text, or the text of a number; empty if there is none. */
    public String text(String... path) {
        JsonNode value = at(path);
        return value.isNull() || value.isMissingNode() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }

    public boolean has(String... path) {
        return !text(path).isEmpty();
    }

    public boolean flag(String... path) {
        return at(path).asBoolean(false);
    }

    public long number(String... path) {
        return at(path).asLong(0);
    }

    /** Returns a number with its digits in groups. */
    public String count(String... path) {
        return has(path) ? counted(number(path)) : "";
    }

    /** Returns a number with its digits in groups. */
    public static String counted(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** Returns numbers by their names, the greatest number first. */
    public Map<String, String> counts(String... path) {
        Map<String, String> counts = new LinkedHashMap<>();
        at(path).properties().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().asLong()))
                .forEach(entry ->
                        counts.put(entry.getKey(), counted(entry.getValue().asLong())));
        return counts;
    }

    /** Returns the time from one moment to another, or to now. */
    public String between(String from, String until) {
        return moment(from)
                .map(start -> Ages.of(Duration.between(
                        start.at(), moment(until).map(Moment::at).orElse(now))))
                .orElse("");
    }

    /** Returns a duration that is in milliseconds. */
    public String span(String... path) {
        return has(path) ? Ages.of(Duration.ofMillis(number(path))) : "";
    }

    public Optional<Moment> moment(String... path) {
        return has(path) ? Optional.of(new Moment(Instant.parse(text(path)), now)) : Optional.empty();
    }

    /** Returns a day such as {@code 30 Nov 2026}. */
    public String day(String... path) {
        return has(path)
                ? LocalDate.parse(text(path)).format(DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH))
                : "";
    }

    /** Returns the subject that an object with its parts describes. */
    public Optional<SubjectName> subject(String... path) {
        JsonNode parts = at(path);
        if (!parts.isObject()) {
            return Optional.empty();
        }
        SubjectKind kind = SubjectKind.valueOf(parts.path("kind").asText());
        return SubjectName.parse(SubjectKey.of(
                kind,
                parts.path("source").asText(),
                parts.path("stage").asText(),
                parts.path("id").asText()));
    }

    /** Returns the subject that has a key; none if it is no key. */
    public static Optional<SubjectName> subjectOf(String key) {
        return SubjectName.parse(key);
    }

    /** Returns the subject whose key is a text. */
    public Optional<SubjectName> keyed(String... path) {
        return SubjectName.parse(text(path));
    }

    /** Returns an object that may be null. */
    public Optional<Row> found(String... path) {
        return at(path).isObject() ? Optional.of(row(path)) : Optional.empty();
    }

    public Row row(String... path) {
        return new Row(at(path), now);
    }

    public List<Row> rows(String... path) {
        List<Row> rows = new ArrayList<>();
        at(path).forEach(each -> rows.add(new Row(each, now)));
        return rows;
    }

    public List<String> texts(String... path) {
        List<String> texts = new ArrayList<>();
        at(path).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** Returns the values of an object by their names, without those that are null. */
    public Map<String, String> values(String... path) {
        Map<String, String> values = new LinkedHashMap<>();
        at(path).properties().forEach(each -> {
            if (!each.getValue().isNull()) {
                values.put(each.getKey(), new Row(each.getValue(), now).text());
            }
        });
        return values;
    }

    /** Returns this with another object in it. */
    Row with(String name, Row other) {
        ObjectNode more = json.deepCopy();
        more.set(name, other.json);
        return new Row(more, now);
    }

    Instant now() {
        return now;
    }

    private JsonNode at(String... path) {
        JsonNode value = json;
        for (String name : path) {
            value = value.path(name);
        }
        return value;
    }
}
