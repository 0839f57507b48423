package io.foundling.console.access;

import java.util.Optional;

/** Knows callers by their credentials. Any thread. */
@FunctionalInterface
public interface Access {

    /**
     * Returns who calls. It waits for nothing but, at times, the issuer of JWTs, for two seconds at most.
     *
     * @param authorization value of the header Authorization, as it was received
     * @throws AccessDeniedException if the credentials are missing or not accepted
     * @throws AccessUnavailableException if they cannot be judged at the moment
     */
    Caller callerOf(Optional<String> authorization);

    /** Returns an access that takes everybody for {@link Caller#LOCAL}, for a server that listens on loopback only. */
    static Access local() {
        return ignored -> Caller.LOCAL;
    }
}
