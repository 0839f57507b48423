package io.foundling.service.listing;

import java.util.Locale;
import java.util.Optional;

/** How a list is written. */
public enum Format {
    /** Aligned columns for people: what one needs at a glance, not all fields. */
    TABLE,
    /** One array; all fields. */
    JSON,
    /** All fields, with a header (RFC 4180). */
    CSV,
    /** One JSON object a line; all fields. */
    NDJSON;

    /** Returns the one that the end of a file's name says. */
    public static Optional<Format> ofFile(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "json" -> Optional.of(JSON);
            case "csv" -> Optional.of(CSV);
            case "ndjson", "jsonl" -> Optional.of(NDJSON);
            case "txt" -> Optional.of(TABLE);
            default -> Optional.empty();
        };
    }
}
