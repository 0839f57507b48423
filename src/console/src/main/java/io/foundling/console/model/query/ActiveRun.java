package io.foundling.console.model.query;

import io.foundling.audit.Attempt;
import io.foundling.audit.Disposition;
import io.foundling.audit.Entry;
import io.foundling.audit.Status;
import java.time.Instant;
import java.util.Comparator;

/**
 * The run of a scope that is under way.
 *
 * @param since when it began: the first fact of its attempt other than a Declared or an Expected (rule F1)
 */
public record ActiveRun(int attempt, Instant since, Disposition scope) {

    static ActiveRun of(Disposition scope) {
        return new ActiveRun(scope.getAttempt(), since(scope), scope);
    }

    /** An undeclared scope has no figures of freshness. */
    private static Instant since(Disposition scope) {
        if (scope.getFreshness() != null && scope.getFreshness().getActiveSince() != null) {
            return scope.getFreshness().getActiveSince();
        }
        return scope.getHistory().stream()
                .filter(attempt -> attempt.getAttempt() == scope.getAttempt())
                .map(Attempt::getEntered)
                .flatMap(entered -> entered.stream().filter(entry -> entry.getStatus() != Status.EXPECTED))
                .map(Entry::getAt)
                .min(Comparator.naturalOrder())
                .orElse(scope.getEnteredAt());
    }
}
