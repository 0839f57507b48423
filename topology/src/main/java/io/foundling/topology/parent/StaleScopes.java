package io.foundling.topology.parent;

import io.foundling.audit.AlertType;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Stale;
import io.foundling.topology.task.TaskClock;
import java.time.Instant;
import java.util.Optional;

/**
 * Counts the declared scopes that are stale, for their alerts (rule F3). A subject that is no declared scope, and was
 * none before, costs nothing; a scope two reads of how it counts, and a write when its reason changes. For the stream thread of the ledger
 * task.
 */
final class StaleScopes {

    private final TaskClock clock;
    private final AccountStore accounts;

    StaleScopes(TaskClock clock, AccountStore accounts) {
        this.clock = clock;
        this.accounts = accounts;
    }

    void count(String subjectKey, Decision decision) {
        Decision.Scope scope = decision.scope();
        if (!scope.isDeclared() && !wasDeclared(subjectKey, decision)) {
            return;
        }
        Group group = group(subjectKey);
        Optional<String> before = accounts.finding(group, subjectKey);
        accounts.count(group, subjectKey, finding(scope, before, clock.wallMs()), clock.wallMs());
    }

    private static boolean wasDeclared(String subjectKey, Decision decision) {
        return SubjectKey.isOfScope(subjectKey)
                && decision.before().disposition().isDeclared();
    }

    /** Returns the first reason that is due, or that counts already; or what counted before, which stays (rule F3). */
    private static Optional<String> finding(Decision.Scope scope, Optional<String> before, long wallMs) {
        boolean stays = false;
        for (Decision.Judged each : scope.reasons()) {
            Optional<String> found = Optional.of(finding(each.reason()));
            if (found.equals(before) || each.isDue() && (each.reason().begins() || before.isPresent())) {
                return found;
            }
            stays |= each.reason().limitMs() <= wallMs;
        }
        return stays ? before : Optional.empty();
    }

    private static String finding(Stale reason) {
        return reason.reason() + " since " + Instant.ofEpochMilli(reason.limitMs());
    }

    /** Lets a subject count no more. */
    void forget(String subjectKey) {
        if (SubjectKey.isOfScope(subjectKey)) {
            accounts.count(group(subjectKey), subjectKey, Optional.<String>empty(), clock.wallMs());
        }
    }

    private static Group group(String subjectKey) {
        Subject subject = SubjectKey.parse(subjectKey);
        return Group.of(AlertType.STALE_SCOPE, subject.getSource(), subject.getStage());
    }
}
