package io.foundling.service.asking;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a console is, and how it is asked. {@link #toString} shows no secret.
 *
 * @param url without the path of the API; it may have one of a proxy
 * @param token a bearer token; none: without credentials
 * @param tls for certificates that Java does not trust; none: those that Java trusts
 * @param within limit on an exchange, body included; of an export, on the time without progress
 */
public record AskedConsole(URI url, Optional<String> token, Optional<SSLContext> tls, Duration within) {

    /** What the console listens on by default. */
    public static final String DEFAULT = "http://127.0.0.1:8090";

    /** Returns scheme, host and port, without a user, which may be a secret. */
    public String shown() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    @Override
    public String toString() {
        return shown();
    }
}
