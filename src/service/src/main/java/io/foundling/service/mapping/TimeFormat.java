package io.foundling.service.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** The format of times in the input. Times are read to the millisecond. */
final class TimeFormat {

    static final String ISO = "iso";
    static final String EPOCH_MILLIS = "epoch-millis";
    static final String EPOCH_SECONDS = "epoch-seconds";

    /** ISO 8601 with {@code +01:00}, {@code +0100}, {@code +01}, {@code Z} or no offset. */
    private static final DateTimeFormatter ANY_ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final String name;
    private final Optional<ZoneId> zone;
    private final DateTimeFormatter formatter;

    /**
     * @param name {@link #ISO}, {@link #EPOCH_MILLIS}, {@link #EPOCH_SECONDS} or a {@link DateTimeFormatter} pattern
     * @param zone the zone of times without an offset
     * @throws IllegalArgumentException if the name is none of these
     */
    TimeFormat(String name, Optional<ZoneId> zone) {
        this.name = name;
        this.zone = zone;
        this.formatter = isEpoch() || name.equals(ISO) ? ANY_ISO : DateTimeFormatter.ofPattern(name, Locale.ROOT);
    }

    /**
     * Reads a moment.
     *
     * @throws IllegalArgumentException if the text is no moment in this format
     */
    Instant parse(String text) {
        try {
            return isEpoch() ? fromEpoch(text) : fromCalendar(text);
        } catch (DateTimeException | ArithmeticException | NumberFormatException broken) {
            throw new IllegalArgumentException("'" + text + "' is no time of format '" + name + "'", broken);
        }
    }

    private boolean isEpoch() {
        return name.equals(EPOCH_MILLIS) || name.equals(EPOCH_SECONDS);
    }

    private Instant fromEpoch(String text) {
        // A number with thousands of digits in its exponent would cost minutes to expand.
        if (text.length() > 30) {
            throw new NumberFormatException("too long");
        }
        BigDecimal number = new BigDecimal(text.trim());
        if (number.precision() - number.scale() > 19) {
            throw new ArithmeticException("too large");
        }
        BigDecimal millis = name.equals(EPOCH_SECONDS) ? number.movePointRight(3) : number;
        return Instant.ofEpochMilli(millis.setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    private Instant fromCalendar(String text) {
        TemporalAccessor read = formatter.parseBest(text.trim(), OffsetDateTime::from, LocalDateTime::from);
        if (read instanceof OffsetDateTime moment) {
            return Instant.ofEpochMilli(moment.toInstant().toEpochMilli());
        }
        ZoneId written = zone.orElseThrow(() ->
                new IllegalArgumentException("'" + text + "' has no offset, and the mapping's time names no zone"));
        return Instant.ofEpochMilli(
                LocalDateTime.from(read).atZone(written).toInstant().toEpochMilli());
    }
}
