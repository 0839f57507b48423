package io.foundling.service.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call the console, and what readers are shown.
 *
 * @param tokens file with hashes of tokens
 * @param metadata names whose values every reader may see
 * @param cookieKey file with the secret that encrypts cookies; none: each process has its own
 * @param requestsPerMinute of one caller; 0: no limit
 */
public record AccessSettings(
        Optional<Path> tokens,
        Optional<IssuerSettings> issuer,
        Set<String> metadata,
        Optional<Path> cookieKey,
        int requestsPerMinute) {

    /** Without credentials, as on loopback. */
    public static final AccessSettings NONE = new AccessSettings(Optional.empty(), Optional.empty(), Set.of());

    public AccessSettings {
        metadata = Set.copyOf(metadata);
    }

    /** Makes those of one process whose callers may call as often as they want. */
    public AccessSettings(Optional<Path> tokens, Optional<IssuerSettings> issuer, Set<String> metadata) {
        this(tokens, issuer, metadata, Optional.empty(), 0);
    }

    /** Returns those of a process without pages, which keeps nobody signed in and may not have the file of the key. */
    public AccessSettings withoutCookies() {
        return new AccessSettings(tokens, issuer, metadata, Optional.empty(), requestsPerMinute);
    }

    /** Whether calls need credentials. */
    public boolean needsCredentials() {
        return tokens.isPresent() || issuer.isPresent();
    }
}
