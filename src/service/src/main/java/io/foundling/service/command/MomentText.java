package io.foundling.service.command;

import io.foundling.service.config.ValueType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A time on the command line: a time with its offset, or for how long ago. */
final class MomentText {

    static final String EXPECTED =
            "must be a time such as 2026-11-30T12:00:00Z, or for how long ago, such as 7d, 6h or 30m";

    private static final ValueType<Duration> DURATION = ValueType.duration();

    private final Instant now;

    MomentText(Instant now) {
        this.now = now;
    }

    /** Returns nothing for a text that is neither. */
    Optional<Instant> parse(String text) {
        Optional<Duration> ago = DURATION.parser().apply(text);
        try {
            return ago.isPresent()
                    ? Optional.of(now.minus(ago.get()))
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | ArithmeticException notAMoment) {
            return Optional.empty();
        }
    }
}
