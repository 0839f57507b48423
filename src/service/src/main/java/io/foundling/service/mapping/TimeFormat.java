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
import java.util.Set;

/** The format of times in the input. Times are read to the millisecond. */
final class TimeFormat {

    static final String ISO = "iso";
    static final String EPOCH_MILLIS = "epoch-millis";
    static final String EPOCH_SECONDS = "epoch-seconds";

    /** Seconds, milliseconds or microseconds: whichever of them gives a year from 1973 to 5138. */
    static final String EPOCH = "epoch";

    private static final Set<String> EPOCHS = Set.of(EPOCH_SECONDS, EPOCH_MILLIS, EPOCH);
    private static final BigDecimal FIRST_IN_MILLIS = BigDecimal.TEN.pow(11);
    private static final BigDecimal FIRST_IN_MICROS = BigDecimal.TEN.pow(14);

    /** ISO 8601 with {@code +01:00}, {@code +0100}, {@code +01}, {@code Z} or no offset. */
    private static final DateTimeFormatter ANY_ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** ISO 8601 with an offset: the format where none is named. */
    static final TimeFormat DEFAULT = new TimeFormat(ISO, Optional.empty());

    private final String name;
    private final Optional<ZoneId> zone;
    private final DateTimeFormatter formatter;

    /**
     * @param name {@link #ISO}, {@link #EPOCH_MILLIS}, {@link #EPOCH_SECONDS}, {@link #EPOCH} or a {@link DateTimeFormatter}
     *     pattern
     * @param zone the zone of times without an offset
     * @throws IllegalArgumentException if the name is none of these
     */
    TimeFormat(String name, Optional<ZoneId> zone) {
        this.name = name;
        this.zone = zone;
        this.formatter = isEpoch() || name.equals(ISO) ? ANY_ISO : DateTimeFormatter.ofPattern(name, Locale.ROOT);
    }

    String name() {
        return name;
    }

    Optional<ZoneId> zone() {
        return zone;
    }

    /** Returns a moment as every format reads it. */
    static String written(Instant moment) {
        return moment.toString();
    }

    /**
     * Reads a moment. Whatever the format, it may also be written as {@code 2026-01-31T12:00:00Z}: so are constants of a
     * mapping, and what has been read in another format.
     *
     * @throws IllegalArgumentException if the text is no moment in this format
     */
    Instant parse(String text) {
        try {
            return isEpoch() && !isWritten(text) ? fromEpoch(text) : fromCalendar(formatter, text);
        } catch (DateTimeException | ArithmeticException | NumberFormatException broken) {
            return written(text, broken);
        }
    }

    private Instant written(String text, RuntimeException broken) {
        if (isWritten(text)) {
            try {
                return fromCalendar(ANY_ISO, text);
            } catch (DateTimeException other) {
                broken.addSuppressed(other);
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no time of format '" + name + "'", broken);
    }

    private static boolean isWritten(String text) {
        return text.length() > 10 && text.charAt(10) == 'T' && text.endsWith("Z");
    }

    private boolean isEpoch() {
        return EPOCHS.contains(name);
    }

    private Instant fromEpoch(String text) {
        // A number with thousands of digits, written or by its exponent, would cost minutes to expand.
        if (text.length() > 30) {
            throw new NumberFormatException("too long");
        }
        BigDecimal number = new BigDecimal(text.trim());
        if (number.precision() - number.scale() > 19 || number.scale() > 30) {
            throw new ArithmeticException("too large, or too small");
        }
        BigDecimal millis = number.movePointRight(digits(number));
        return Instant.ofEpochMilli(millis.setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    /** Returns how many digits the number lacks to be one of milliseconds. */
    private int digits(BigDecimal number) {
        if (name.equals(EPOCH) && number.compareTo(FIRST_IN_MICROS) >= 0) {
            return -3;
        }
        boolean seconds = name.equals(EPOCH_SECONDS) || name.equals(EPOCH) && number.compareTo(FIRST_IN_MILLIS) < 0;
        return seconds ? 3 : 0;
    }

    private Instant fromCalendar(DateTimeFormatter formatter, String text) {
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
