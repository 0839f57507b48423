package io.foundling.service.recipes;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a story: an event about a subject, or what an output topic holds.
 *
 * @param topic without the prefix; none for an event
 * @param words the body of an event and its options, or what is said under the key
 */
record StoryLine(Instant at, Optional<String> topic, String key, List<String> words) {

    /** The Monday of all stories. */
    static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

    private static final Pattern LINE = Pattern.compile("(\\w{3} \\d\\d:\\d\\d)  (?:=> (\\w+) )?(\\S+)  (.+)");

    static StoryLine parse(String line) {
        Matcher found = LINE.matcher(line);
        if (!found.matches()) {
            throw new IllegalArgumentException("no line of a story: " + line);
        }
        return new StoryLine(
                time(found.group(1)),
                Optional.ofNullable(found.group(2)),
                found.group(3),
                List.of(found.group(4).split(", ")));
    }

    /** Reads a time such as {@code Tue 07:00}. */
    static Instant time(String text) {
        DayOfWeek day = Arrays.stream(DayOfWeek.values())
                .filter(each -> each.name().startsWith(text.substring(0, 3).toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
        return MONDAY.plusDays(day.ordinal())
                .atTime(LocalTime.parse(text.substring(4)))
                .toInstant(ZoneOffset.UTC);
    }

    /** Returns what follows a word in the options; none if no option begins with it. */
    Optional<String> option(String word) {
        return words.stream()
                .filter(each -> each.startsWith(word + " "))
                .map(each -> each.substring(word.length() + 1))
                .findFirst();
    }
}
