package io.foundling.console.model.query;

import io.foundling.topology.lifecycle.Schedule;
import java.util.Optional;

/** By when declared scopes are to be completed by the policies, instead of their maxAge (rule F2). Any thread. */
@FunctionalInterface
public interface ScopeSchedules {

    ScopeSchedules NONE = scopeKey -> Optional.empty();

    /** Returns that of a scope; none if its maxAge counts. */
    Optional<? extends Schedule> of(String scopeKey);
}
