package io.foundling.console.access;

import java.util.Optional;
import java.util.Set;

/** Finds the caller of a request by its credentials. Any thread. */
@FunctionalInterface
public interface Access {

    /**
     * Returns who asks.
     *
     * @param authorization the value of the header of that name
     * @throws AccessDeniedException if the credentials are missing, wrong or expired
     */
    Caller callerOf(Optional<String> authorization);

    /** Returns that of a console that only this machine reaches: everybody may do everything, without credentials. */
    static Access local() {
        Caller everybody = new Caller("local", Set.of(Role.values()), Optional.empty());
        return authorization -> everybody;
    }
}
