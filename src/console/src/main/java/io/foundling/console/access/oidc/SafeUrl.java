package io.foundling.console.access.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses that keys are read from: https, or http on this machine. Whoever is between two machines could put
 * other keys into an answer over http, and then sign any JWT.
 */
public final class SafeUrl {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.0\\.0\\.1|\\[::1]");

    private SafeUrl() {}

    /** Returns the address that a text is; empty if it is not one that keys are read from. */
    public static Optional<URI> of(String text) {
        try {
            URI uri = new URI(text);
            boolean isSafe = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme())
                                    && LOOPBACK.matcher(uri.getHost()).matches());
            return isSafe ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException notAUrl) {
            return Optional.empty();
        }
    }
}
