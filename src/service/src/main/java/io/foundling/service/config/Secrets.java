package io.foundling.service.config;

import java.util.List;
import java.util.Locale;

/** Masks passwords, also those in URLs, tokens, keys and the user information of URLs before a value is shown. */
final class Secrets {

    static final String MASK = "(hidden)";

    private static final List<String> MARKS = List.of(
            "password", "secret", "jaas", "token", "user.info", "credential", "private.key", "keystore.key", "api.key");

    private Secrets() {}

    static String masked(String path, String text) {
        String key = path.toLowerCase(Locale.ROOT);
        // Up to the last @, as a password that is not encoded may hold a slash, a comma or an @ itself.
        return MARKS.stream().anyMatch(key::contains)
                ? MASK
                : text.replaceAll("(?s)//.*@", "//" + MASK + "@").replaceAll("(?is)(password=).*", "$1" + MASK);
    }
}
