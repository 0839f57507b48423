package io.foundling.console.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.topology.text.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How the text of a parameter is read.
 *
 * @param expected what it must be, for the sentence of a problem
 * @param parser makes the value of a text and of the present time; none if the text is not as expected
 * @param schema its JSON Schema
 */
public record ParameterType<T>(String expected, BiFunction<String, Instant, Optional<T>> parser, ObjectNode schema) {

    private static final String AGO = " ago";
    private static final String TYPE = "type";
    private static final String STRING = "string";
    private static final int YEARS = 200;

    /** Makes one that does not depend on the present time. */
    public static <T> ParameterType<T> of(String expected, Function<String, Optional<T>> parser, ObjectNode schema) {
        return new ParameterType<>(expected, (text, now) -> parser.apply(text), schema);
    }

    /** A text that is not empty. */
    public static ParameterType<String> text(int maxLength) {
        ObjectNode schema = schema(STRING).put("minLength", 1).put("maxLength", maxLength);
        return of(
                "a text of 1 to " + maxLength + " characters",
                text -> text.isEmpty() || text.length() > maxLength ? Optional.empty() : Optional.of(text),
                schema);
    }

    public static ParameterType<Integer> number(int min, int max) {
        ObjectNode schema = schema("integer").put("minimum", min).put("maximum", max);
        return of(
                "a whole number from " + min + " to " + max,
                text -> text.matches("-?\\d{1,9}")
                        ? Optional.of(Integer.valueOf(text)).filter(number -> number >= min && number <= max)
                        : Optional.empty(),
                schema);
    }

    public static ParameterType<Boolean> flag() {
        return of(
                "true or false",
                text -> text.equals("true") || text.equals("false")
                        ? Optional.of(Boolean.valueOf(text))
                        : Optional.empty(),
                schema("boolean"));
    }

    /** One of all constants of a type, see {@link #constants}. */
    public static <E extends Enum<E>> ParameterType<E> oneOf(Class<E> type) {
        return constants(List.of(type.getEnumConstants()));
    }

    /** One of some constants, by its name in lower or upper case; an underscore may be a hyphen. */
    public static <E extends Enum<E>> ParameterType<E> constants(List<E> constants) {
        List<String> names = constants.stream().map(Enum::name).toList();
        return of(
                expected(names),
                text -> constants.stream()
                        .filter(constant -> constant.name().equals(constantName(text)))
                        .findFirst(),
                schema(names));
    }

    /** One of some names, in lower or upper case. */
    public static ParameterType<String> names(List<String> names) {
        return of(
                expected(names),
                text -> names.stream().filter(text::equalsIgnoreCase).findFirst(),
                schema(names));
    }

    private static String expected(List<String> names) {
        return "one of " + String.join(", ", names);
    }

    private static ObjectNode schema(List<String> names) {
        ObjectNode schema = schema(STRING);
        names.forEach(schema.putArray("enum")::add);
        return schema;
    }

    private static String constantName(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    public static ParameterType<Duration> duration() {
        return of(
                "a duration, written like " + DurationText.EXAMPLES,
                ParameterType::span,
                schema(STRING).put("example", "6h"));
    }

    /** A moment in ISO form, or how long ago it was. */
    public static ParameterType<Instant> instant() {
        return new ParameterType<>(
                "a moment such as 2026-11-30T12:00:00Z, or 1h ago",
                ParameterType::moment,
                schema(STRING).put("example", "1h ago"));
    }

    private static Optional<Duration> span(String text) {
        return DurationText.parse(text).filter(span -> !span.isNegative() && span.toDays() < YEARS * 365L);
    }

    private static Optional<Instant> moment(String text, Instant now) {
        if (text.endsWith(AGO)) {
            return span(text.substring(0, text.length() - AGO.length())).map(now::minus);
        }
        try {
            return Optional.of(Instant.parse(text))
                    .filter(moment -> Duration.between(now, moment).abs().toDays() < YEARS * 365L);
        } catch (DateTimeException noMoment) {
            return Optional.empty();
        }
    }

    private static ObjectNode schema(String type) {
        return JsonNodeFactory.instance.objectNode().put(TYPE, type);
    }
}
