package io.foundling.console.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads the parameters in a path, which {@link Route} describes. */
final class PathText {

    private PathText() {}

    /** Whether a path is one of a template. */
    static boolean fits(String template, String path) {
        String[] names = template.split("/", -1);
        String[] segments = path.split("/", -1);
        boolean fits = names.length == segments.length;
        for (int i = 0; fits && i < names.length; i++) {
            fits = names[i].startsWith("{") ? !segments[i].isEmpty() : names[i].equals(segments[i]);
        }
        return fits;
    }

    /**
     * Returns the texts of the parameters by their names.
     *
     * @param template with parameters in braces, or with the four parts of a key
     * @param path as it was sent, which has as many segments
     * @throws ProblemException if a segment is not percent-encoded UTF-8
     */
    static Map<String, String> parse(String template, String path) {
        Map<String, String> texts = new HashMap<>();
        String[] names = template.split("/", -1);
        String[] segments = path.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            if (Route.PARTS.startsWith(names[i] + "/")) {
                // The parts of a key are percent-encoded in the key itself.
                texts.put("key", String.join("/", segments[i], segments[i + 1], segments[i + 2], segments[i + 3]));
                i += 3;
            } else if (names[i].startsWith("{")) {
                texts.put(names[i].substring(1, names[i].length() - 1), decode(segments[i]));
            }
        }
        return texts;
    }

    private static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') < 0) {
                return decoded;
            }
        } catch (IllegalArgumentException malformed) {
            // As if its bytes were no text.
        }
        throw ProblemException.of(
                400, "The path has " + Shown.of(text) + ", must be percent-encoded UTF-8 such as %2F for a slash");
    }
}
