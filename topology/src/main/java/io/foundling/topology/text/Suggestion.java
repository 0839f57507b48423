package io.foundling.topology.text;

import io.foundling.schemas.Spelling;
import java.util.Collection;
import java.util.Comparator;

/** Finds the known key that is closest to a mistyped one, by edit distance without case, separators and section. */
public final class Suggestion {

    private Suggestion() {}

    /** Returns "; did you mean 'x'?", or an empty text if nothing is close. */
    public static String of(String found, Collection<String> known) {
        return of("", found, known);
    }

    /** Compares the names without a prefix that all of them have. */
    public static String of(String prefix, String found, Collection<String> known) {
        int tolerated = Math.max(1, Spelling.plain(lastPart(found)).length() / 3);
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(found, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(closest -> distance(found, closest) <= tolerated)
                .map(closest -> "; did you mean '" + prefix + closest + "'?")
                .orElse("");
    }

    private static int distance(String found, String candidate) {
        return Math.min(Spelling.edits(found, candidate), Spelling.edits(lastPart(found), lastPart(candidate)));
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
