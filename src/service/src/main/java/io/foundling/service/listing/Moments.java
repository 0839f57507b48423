package io.foundling.service.listing;

import io.foundling.topology.text.DurationText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Moments as they are written on the command line: {@code 24h} or {@code 24h ago}, {@code today}, {@code yesterday}, a date,
 * or ISO form. A day begins at midnight of the zone.
 */
public record Moments(Instant now, ZoneId zone) {

    public static final String EXPECTED =
            "a duration ago such as 24h, today, yesterday, a date, or a moment such as 2026-11-30T12:00:00Z";

    /** Returns a moment; none if the text is none. */
    public Optional<Instant> parse(String text) {
        String plain = text.replaceFirst(" ago$", "");
        try {
            return switch (plain) {
                case "now" -> Optional.of(now);
                case "today" -> Optional.of(begin(today()));
                case "yesterday" -> Optional.of(begin(today().minusDays(1)));
                default ->
                    DurationText.parse(plain)
                            .filter(span -> !span.isNegative())
                            .map(now::minus)
                            .or(() -> Optional.of(day(plain)));
            };
        } catch (DateTimeException | ArithmeticException noMoment) {
            return Optional.empty();
        }
    }

    private Instant day(String text) {
        return text.length() == "2026-11-30".length() ? begin(LocalDate.parse(text)) : Instant.parse(text);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }

    private Instant begin(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
