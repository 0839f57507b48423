package io.foundling.service.config;

import io.foundling.console.access.oidc.SafeUrl;
import io.foundling.console.model.database.Database;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.text.DurationText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values that a key may have, and how their text is read.
 *
 * @param label one or two words for the reference table
 * @param expected completes the sentence "expected ..." of an error
 * @param parser returns nothing if the text is not as expected
 * @param isList whether the file holds a list, which arrives here joined by commas
 */
public record ValueType<T>(String label, String expected, Function<String, Optional<T>> parser, boolean isList) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern BROKER = Pattern.compile("([A-Za-z_]+://)?[^\\s,/]+:\\d{1,5}");
    private static final Pattern REGISTRY = Pattern.compile("(https?|mock)://[^\\s,]+");

    static ValueType<String> text() {
        return new ValueType<>("text", "a text", text -> Optional.of(text).filter(t -> !t.isBlank()), false);
    }

    /** Returns the names that Kafka accepts for a topic, a group or a member of a group. */
    public static ValueType<String> name() {
        String expected = "a name of letters, digits, '.', '_' and '-', at most 200 long";
        return new ValueType<>("name", expected, text -> Optional.of(text).filter(ValueType::isName), false);
    }

    static ValueType<String> nameOrEmpty() {
        return new ValueType<>(
                "name",
                name().expected() + ", or ''",
                text -> Optional.of(text).filter(t -> t.isEmpty() || isName(t)),
                false);
    }

    static ValueType<List<String>> topics() {
        return new ValueType<>(
                "list of names",
                "a list of one or more different topic names",
                text -> Optional.of(split(text))
                        .filter(names -> names.stream().allMatch(ValueType::isName)
                                && new HashSet<>(names).size() == names.size()),
                true);
    }

    /** Returns the texts that a name which Kafka accepts for a topic can begin with. */
    static ValueType<TopicPrefix> topicPrefix() {
        return new ValueType<>(
                "text",
                "the beginning of names that Kafka accepts for a topic: 1 to 200 letters, digits, '.', '_' and '-'",
                text -> Optional.of(text).filter(TopicPrefix::isAccepted).map(TopicPrefix::new),
                false);
    }

    /** Returns any number of names, also none. */
    static ValueType<List<String>> names() {
        return new ValueType<>(
                "list of names",
                "a list of names, each " + name().expected(),
                text -> text.isEmpty()
                        ? Optional.of(List.of())
                        : Optional.of(split(text))
                                .filter(names -> names.stream().allMatch(ValueType::isName)),
                true);
    }

    static ValueType<String> brokers() {
        return eachOf("addresses", "host:port of one or more brokers, separated by commas", BROKER);
    }

    static ValueType<String> registries() {
        return eachOf("URLs", "one or more http, https or mock URLs, separated by commas", REGISTRY);
    }

    /** Returns one http or https URL. */
    static ValueType<String> url() {
        return new ValueType<>(
                "URL", "an http or https URL", text -> Optional.of(text).filter(t -> isUrl(t)), false);
    }

    /** Returns one URL of what can be trusted: whoever is between two machines changes what http carries. */
    static ValueType<String> safeUrl() {
        return new ValueType<>(
                "URL",
                "an https URL, or an http URL of this machine, without a user",
                text -> Optional.of(text).filter(t -> SafeUrl.of(t).isPresent()),
                false);
    }

    /** Returns any number of texts without commas, also none. */
    static ValueType<List<String>> texts() {
        return new ValueType<>(
                "list of texts",
                "a list of texts, none of them empty",
                text -> text.isEmpty()
                        ? Optional.of(List.of())
                        : Optional.of(split(text))
                                .filter(texts -> texts.stream().noneMatch(String::isEmpty)),
                true);
    }

    static ValueType<String> urls() {
        return new ValueType<>(
                "URLs",
                "one or more http or https URLs, separated by commas",
                text -> Optional.of(text).filter(t -> split(t).stream().allMatch(ValueType::isUrl)),
                false);
    }

    /** Whether a text is an http or https URL that names a host. */
    public static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException notAUrl) {
            return false;
        }
    }

    /** Returns the JDBC URLs of databases that can be used. A password in one would be shown. */
    static ValueType<String> database() {
        return new ValueType<>(
                "JDBC URL",
                "jdbc:sqlite: and a file, or jdbc:postgresql: and a database, without a password",
                text -> Optional.of(text)
                        .filter(t -> Database.isUsable(t)
                                && !t.toLowerCase(Locale.ROOT).contains("password=")
                                && t.indexOf('@') < 0),
                false);
    }

    static ValueType<Path> file() {
        return path("the path of a file");
    }

    static ValueType<Path> directory() {
        return path("the path of a directory");
    }

    private static ValueType<Path> path(String expected) {
        Function<String, Optional<Path>> parser = text -> {
            try {
                return Optional.of(text).filter(t -> !t.isBlank()).map(Path::of);
            } catch (InvalidPathException notAPath) {
                return Optional.empty();
            }
        };
        return new ValueType<>("path", expected, parser, false);
    }

    static ValueType<Integer> number(int min, int max) {
        String expected = "a whole number from " + min + " to " + max;
        return new ValueType<>("number", expected, text -> number(text).filter(n -> n >= min && n <= max), false);
    }

    static ValueType<Integer> replicationFactor() {
        return new ValueType<>(
                "number",
                "a whole number from 1 to 32767, or -1 for the broker's default",
                text -> number(text).filter(n -> n == -1 || n >= 1 && n <= Short.MAX_VALUE),
                false);
    }

    /** Returns the durations from zero to a hundred years. */
    public static ValueType<Duration> duration() {
        return duration("0s", "36500d");
    }

    static ValueType<Duration> duration(String min, String max) {
        Duration shortest = DurationText.parse(min).orElseThrow();
        Duration longest = DurationText.parse(max).orElseThrow();
        String expected = "a duration from " + min + " to " + max + ", written like " + DurationText.EXAMPLES;
        return new ValueType<>(
                "duration",
                expected,
                text -> DurationText.parse(text).filter(d -> d.compareTo(shortest) >= 0 && d.compareTo(longest) <= 0),
                false);
    }

    static ValueType<Long> size(String min, String max) {
        long smallest = SizeText.parse(min).orElseThrow();
        long largest = SizeText.parse(max).orElseThrow();
        String expected = "a size from " + min + " to " + max + ", written like 256MiB, 64KB or in bytes";
        return new ValueType<>(
                "size", expected, text -> SizeText.parse(text).filter(s -> s >= smallest && s <= largest), false);
    }

    static ValueType<ZoneId> zone() {
        return new ValueType<>("time zone", "a time zone such as UTC or Europe/Zurich", ValueType::zone, false);
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    static ValueType<Set<LocalDate>> dates() {
        return new ValueType<>("list of dates", "a list of dates such as 2026-12-25", ValueType::dates, true);
    }

    private static Optional<Set<LocalDate>> dates(String text) {
        try {
            return Optional.of(split(text).stream()
                    .filter(date -> !date.isEmpty())
                    .map(LocalDate::parse)
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (DateTimeException wrong) {
            return Optional.empty();
        }
    }

    static ValueType<Boolean> yesOrNo() {
        return new ValueType<>(
                "true or false",
                "true or false",
                text -> Optional.of(text)
                        .filter(Set.of("true", "false")::contains)
                        .map(Boolean::valueOf),
                false);
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Set<E> allowed) {
        String names = allowed.stream().map(Enum::name).collect(Collectors.joining(", "));
        return new ValueType<>(
                "word",
                "one of " + names,
                text -> allowed.stream().filter(e -> e.name().equals(text)).findFirst(),
                false);
    }

    private static ValueType<String> eachOf(String label, String expected, Pattern pattern) {
        return new ValueType<>(
                label,
                expected,
                text -> Optional.of(text)
                        .filter(t -> split(t).stream()
                                .allMatch(part -> pattern.matcher(part).matches())),
                false);
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
