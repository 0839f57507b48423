package io.foundling.service.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations: {@code 500ms}, {@code 5s}, {@code 1m}, {@code 6h}, {@code 14d}, ISO-8601, and 0 without a unit. */
final class DurationText {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private DurationText() {}

    /** Returns nothing for a text that is no duration, is not in whole milliseconds, or overflows. */
    static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        try {
            Matcher matcher = SHORT.matcher(text);
            Duration duration = matcher.matches()
                    ? Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)))
                    : Duration.parse(text);
            return Optional.of(duration)
                    .filter(d -> Duration.ofMillis(d.toMillis()).equals(d));
        } catch (DateTimeException | ArithmeticException notADuration) {
            return Optional.empty();
        }
    }
}
