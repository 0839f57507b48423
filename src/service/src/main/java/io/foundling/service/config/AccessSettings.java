package io.foundling.service.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call the console, and what readers are shown.
 *
 * @param tokens file with hashes of tokens
 * @param metadata names whose values every reader may see
 */
public record AccessSettings(Optional<Path> tokens, Optional<IssuerSettings> issuer, Set<String> metadata) {

    /** Without credentials, as on loopback. */
    public static final AccessSettings NONE = new AccessSettings(Optional.empty(), Optional.empty(), Set.of());

    public AccessSettings {
        metadata = Set.copyOf(metadata);
    }

    /** Whether calls need credentials. */
    public boolean needsCredentials() {
        return tokens.isPresent() || issuer.isPresent();
    }
}
