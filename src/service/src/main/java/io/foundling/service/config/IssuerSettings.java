package io.foundling.service.config;

import io.foundling.console.access.oidc.OidcSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The issuer of OpenID Connect as it is configured.
 *
 * @param authority file with the certificates that are trusted for it
 */
public record IssuerSettings(
        String issuer,
        String audience,
        Optional<String> jwksUrl,
        Optional<Path> authority,
        OidcSettings.Claims claims) {}
