package io.foundling.console.delivery.http;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * By what a receiver knows this side, and this side the receiver. {@link #toString} shows no secret.
 *
 * @param authorization value of the header Authorization
 * @param secret key of the signatures of messages
 * @param tls certificates that are trusted and shown; none: what Java trusts, and no certificate is shown
 */
public record Credentials(Optional<String> authorization, Optional<byte[]> secret, Optional<SSLContext> tls) {

    public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty(), Optional.empty());

    @Override
    public String toString() {
        return "credentials";
    }
}
