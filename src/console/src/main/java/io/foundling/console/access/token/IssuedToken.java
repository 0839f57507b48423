package io.foundling.console.access.token;

import io.foundling.console.access.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A token that was handed out, without the token itself.
 *
 * @param name unique
 * @param sha256 of the token, as 64 hexadecimal digits in lower case
 * @param sources whose records its bearer may see and report; empty: of all
 * @param expires from when on it is not accepted; empty: never
 */
public record IssuedToken(
        String name, String sha256, Set<Role> roles, Optional<Set<String>> sources, Optional<Instant> expires) {

    public IssuedToken {
        roles = Set.copyOf(roles);
        sources = sources.map(Set::copyOf);
    }
}
