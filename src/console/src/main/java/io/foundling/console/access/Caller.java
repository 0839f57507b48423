package io.foundling.console.access;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name one line, safe in logs; {@code local}, {@code token:} and the name of a token, or a name of the issuer's,
 *     which is neither, so that no two callers have one name
 * @param roles as granted, without those that they include
 * @param sources whose records the caller may see and report; empty: of all
 */
public record Caller(String name, Set<Role> roles, Optional<Set<String>> sources) {

    /** How the names begin of callers with a token of the configuration. */
    public static final String TOKEN = "token:";

    /** Who calls on loopback, while no credentials are configured. */
    public static final Caller LOCAL = new Caller("local", EnumSet.allOf(Role.class), Optional.empty());

    public Caller {
        roles = Set.copyOf(roles);
        sources = sources.map(Set::copyOf);
    }

    /** Whether the caller may do what needs a role. */
    public boolean has(Role needed) {
        return roles.stream().anyMatch(each -> each.includes(needed));
    }

    /** Whether the caller may see, and report, records of a source. */
    public boolean maySee(String source) {
        return sources.isEmpty() || sources.get().contains(source);
    }
}
