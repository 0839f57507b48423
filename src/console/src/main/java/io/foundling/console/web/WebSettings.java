package io.foundling.console.web;

import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Where a server listens.
 *
 * @param port 0 for any free one
 * @param hosts names in the header Host that are answered, without ports; empty: all. A server without credentials must
 *     name them: a page of another site may have its name resolved to this address (DNS rebinding)
 */
public record WebSettings(String host, int port, Set<String> hosts, Optional<SSLContext> tls, WebLimits limits) {

    /** The names that loopback has. */
    public static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public WebSettings {
        hosts = Set.copyOf(hosts);
    }
}
