package io.foundling.console.access;

import java.util.Optional;
import java.util.Set;

/**
 * The caller of a request.
 *
 * @param name for the log, and the actor of its acts
 * @param sources whose subjects the caller may see; none: those of all sources
 */
public record Caller(String name, Set<Role> roles, Optional<Set<String>> sources) {

    public Caller {
        roles = Set.copyOf(roles);
        sources = sources.map(Set::copyOf);
    }

    /** Whether the caller may do what needs a role. */
    public boolean has(Role needed) {
        return roles.stream().anyMatch(each -> each.includes(needed));
    }

    /** Whether the caller may see subjects of a source. */
    public boolean maySee(String source) {
        return sources.map(allowed -> allowed.contains(source)).orElse(true);
    }
}
