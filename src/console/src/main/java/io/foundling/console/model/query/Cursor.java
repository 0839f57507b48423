package io.foundling.console.model.query;

import io.foundling.schemas.SubjectKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The last row of a page, by the columns that order the list. The next page begins behind it, whatever was written or
 * deleted meanwhile: a row that does not change is listed exactly once, and one that moves in the order may be listed
 * twice or not at all.
 */
public record Cursor(List<String> values) {

    private static final String SEPARATOR = ",";

    public Cursor {
        values = List.copyOf(values);
    }

    /** Reads what {@link #toString} wrote; whether it is one of a list is found out when it is used. */
    public static Cursor parse(String text) {
        try {
            return new Cursor(Arrays.stream(text.split(SEPARATOR, -1))
                    .map(SubjectKey::decode)
                    .toList());
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "cursor is '" + text + "', must be one that a list has returned", malformed);
        }
    }

    /** Returns it as a text that needs no escaping in a URL. */
    @Override
    public String toString() {
        return values.stream().map(SubjectKey::encode).collect(Collectors.joining(SEPARATOR));
    }
}
