package io.foundling.topology.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the known key that is closest to a mistyped one, by edit distance without case, separators and section. */
public final class Suggestion {

    private Suggestion() {}

    /** Returns "; did you mean 'x'?", or an empty text if nothing is close. */
    public static String of(String found, Collection<String> known) {
        return of("", found, known);
    }

    /** Compares the names without a prefix that all of them have. */
    public static String of(String prefix, String found, Collection<String> known) {
        int tolerated = Math.max(1, plain(lastPart(found)).length() / 3);
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(found, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(closest -> distance(found, closest) <= tolerated)
                .map(closest -> "; did you mean '" + prefix + closest + "'?")
                .orElse("");
    }

    private static int distance(String found, String candidate) {
        int whole = edits(plain(found), plain(candidate));
        return Math.min(whole, edits(plain(lastPart(found)), plain(lastPart(candidate))));
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    }

    /** Counts inserted, removed and replaced characters, row by row. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
