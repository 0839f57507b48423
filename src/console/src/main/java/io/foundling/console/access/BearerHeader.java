package io.foundling.console.access;

import io.foundling.console.access.AccessDeniedException.Reason;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header Authorization as RFC 6750 has it. What it accepts is one word of ASCII of a bounded length. */
final class BearerHeader {

    /** More than a JWT with the groups of a large company. Servers rarely take more, either. */
    static final int MAX_LENGTH = 16 << 10;

    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]++=*+)");

    private BearerHeader() {}

    /**
     * Returns the credential.
     *
     * @throws AccessDeniedException if there is none
     */
    static String credential(Optional<String> authorization) {
        String header = authorization
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new AccessDeniedException(
                        Reason.MISSING,
                        "credentials are missing, expected the header Authorization with Bearer and a token"));
        if (header.length() > MAX_LENGTH) {
            throw new AccessDeniedException(
                    Reason.MALFORMED,
                    "the header Authorization has " + header.length() + " characters, expected at most " + MAX_LENGTH);
        }
        Matcher bearer = BEARER.matcher(header);
        if (!bearer.matches()) {
            throw new AccessDeniedException(
                    Reason.MALFORMED, "the header Authorization is not as expected: Bearer, a space, and one token");
        }
        return bearer.group(1);
    }
}
