package io.foundling.service.rebuild;

import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.clients.admin.OffsetSpec;

/**
 * From where a group that has no offsets reads its sources.
 *
 * @param text as it was given
 */
public record Positions(String text, OffsetSpec spec) {

    /**
     * Returns the position of a text.
     *
     * @throws IllegalArgumentException if it is neither earliest, latest nor an ISO-8601 time
     */
    public static Positions parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "earliest" -> new Positions(text, OffsetSpec.earliest());
            case "latest" -> new Positions(text, OffsetSpec.latest());
            default ->
                new Positions(text, OffsetSpec.forTimestamp(Instant.parse(text).toEpochMilli()));
        };
    }
}
