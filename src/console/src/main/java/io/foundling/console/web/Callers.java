package io.foundling.console.web;

import io.foundling.console.access.Access;

/** Who may call a server, and how often. */
public record Callers(Access access, CallLimits limits) {

    /** Returns callers who may call as often as they want. */
    public static Callers of(Access access) {
        return new Callers(access, CallLimits.NONE);
    }
}
