package io.foundling.console.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the query of a URL, and the body of a form, which is written alike. */
public final class QueryText {

    private QueryText() {}

    /**
     * Returns the texts of each name, in the order of the query.
     *
     * @param query as it was sent, empty if there is none
     * @throws ProblemException if it is not percent-encoded UTF-8
     */
    public static Map<String, List<String>> parse(String query) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (String part : query.split("&")) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = decode(equals < 0 ? part : part.substring(0, equals));
                String value = equals < 0 ? "" : decode(part.substring(equals + 1));
                texts.computeIfAbsent(name, unknown -> new ArrayList<>()).add(value);
            }
        }
        return texts;
    }

    private static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') < 0) {
                return decoded;
            }
        } catch (IllegalArgumentException malformed) {
            // As if its bytes were no text.
        }
        throw ProblemException.of(
                400, "The query has " + Shown.of(text) + ", must be percent-encoded UTF-8 such as %2F for a slash");
    }
}
