package io.foundling.console.model.query;

import io.foundling.topology.lifecycle.Staleness;

/** How fresh a declared scope is: what rule F2 says, or that nothing of it applies. */
public enum Classification {
    NEVER_RAN,
    STUCK,
    LAST_FAILED,
    TOO_OLD,
    FRESH;

    static Classification of(Staleness reason) {
        return switch (reason) {
            case NEVER_RAN -> NEVER_RAN;
            case STUCK -> STUCK;
            case LAST_FAILED -> LAST_FAILED;
            case TOO_OLD -> TOO_OLD;
        };
    }
}
