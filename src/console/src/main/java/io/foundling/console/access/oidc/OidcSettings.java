package io.foundling.console.access.oidc;

import io.foundling.console.access.Role;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Whose JWTs are accepted, and what their claims mean.
 *
 * @param issuer as it is in the claim iss
 * @param audience one of the values of the claim aud
 * @param jwksUrl where the issuer's keys are; empty: its discovery document says so
 * @param tls certificates that are trusted there; empty: those that Java trusts
 */
public record OidcSettings(
        String issuer, String audience, Optional<URI> jwksUrl, Optional<SSLContext> tls, Claims claims) {

    /**
     * Which claims say what. A name is that of a claim, or leads into claims, as {@code realm_access.roles}.
     *
     * @param name of the claim with the caller's name
     * @param roles of the claim with the values that grant roles
     * @param sources of the claim with the sources that the caller may see; empty: every caller may see all
     * @param granted roles by the values that grant them
     */
    public record Claims(String name, String roles, Optional<String> sources, Map<String, Set<Role>> granted) {

        public Claims {
            granted = Map.copyOf(granted);
        }
    }
}
