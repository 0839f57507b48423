package io.foundling.topology.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How durations are written in the configuration and on the command line: {@code 500ms}, {@code 5s}, {@code 1m},
 * {@code 6h}, {@code 14d}, ISO-8601, and 0 without a unit.
 */
public final class DurationText {

    public static final String EXAMPLES = "500ms, 5s, 1m, 6h, 14d or PT5S";

    private static final Pattern SHORT = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");

    /** Longest first. */
    private static final Map<String, Duration> UNITS = units();

    private DurationText() {}

    /** Returns nothing for a text that is no duration, is not in whole milliseconds, or overflows. */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        try {
            Matcher matcher = SHORT.matcher(text);
            Duration duration = matcher.matches()
                    ? UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)))
                    : Duration.parse(text);
            return Optional.of(duration)
                    .filter(d -> Duration.ofMillis(d.toMillis()).equals(d));
        } catch (DateTimeException | ArithmeticException notADuration) {
            return Optional.empty();
        }
    }

    /** Returns a duration of 0 or more, in whole milliseconds, in the longest unit that leaves a whole number. */
    public static String of(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        return UNITS.entrySet().stream()
                .filter(unit -> duration.toMillis() % unit.getValue().toMillis() == 0)
                .findFirst()
                .map(unit -> duration.dividedBy(unit.getValue()) + unit.getKey())
                .orElseThrow();
    }

    private static Map<String, Duration> units() {
        Map<String, Duration> units = new LinkedHashMap<>();
        units.put("d", Duration.ofDays(1));
        units.put("h", Duration.ofHours(1));
        units.put("m", Duration.ofMinutes(1));
        units.put("s", Duration.ofSeconds(1));
        units.put("ms", Duration.ofMillis(1));
        return units;
    }
}
