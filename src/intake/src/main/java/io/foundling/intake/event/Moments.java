package io.foundling.intake.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.console.web.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times in JSON: RFC 3339 with any offset, or milliseconds since 1970. What is finer than a millisecond is cut. */
final class Moments {

    static final String EXPECTED = "a time such as 2026-11-30T12:00:00Z, or milliseconds since 1970";

    private Moments() {}

    static Instant read(String path, JsonNode json) {
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return Instant.ofEpochMilli(json.longValue());
        }
        if (!json.isTextual()) {
            throw RefusedEventException.of(path, ValueReaders.shown(json), EXPECTED);
        }
        return parse(json.textValue())
                .orElseThrow(() -> RefusedEventException.of(path, Shown.of(json.textValue()), EXPECTED));
    }

    static Optional<Instant> parse(String text) {
        try {
            Instant moment = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant();
            return Optional.of(Instant.ofEpochMilli(moment.toEpochMilli()));
        } catch (DateTimeException | ArithmeticException malformed) {
            return Optional.empty();
        }
    }
}
