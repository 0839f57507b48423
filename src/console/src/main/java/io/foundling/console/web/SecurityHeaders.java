package io.foundling.console.web;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/**
 * The headers of every answer that keep browsers from doing more with it than showing it. The policy of referrers is
 * not the strictest one: under that, browsers send {@code Origin: null} with the forms of our own pages.
 */
final class SecurityHeaders {

    static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private SecurityHeaders() {}

    static void addTo(HttpFields.Mutable headers) {
        ALL.forEach(headers::put);
    }
}
