package io.foundling.topology.reconciliation;

import io.foundling.audit.AlertType;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.task.TaskClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the results of checks, publishes them, and counts the scopes of which a check failed (rules C1 and C2). A result
 * costs one read and one write of all results of its scope, and one of how it counts. For the stream thread of the
 * ledger task.
 */
public final class Reconciliations {

    /** For so long after the last result of a scope was read, its results are kept. */
    private static final long KEPT_MS = Duration.ofDays(400).toMillis();

    private static final UUID UNKNOWN = new UUID(0, 0);

    private final TaskClock clock;
    private final ResultStore store;
    private final AccountStore accounts;
    private final ReconciliationOutput output;

    public Reconciliations(
            TaskClock clock,
            StoredEntries entries,
            LedgerStore index,
            AccountStore accounts,
            ReconciliationOutput output) {
        this.clock = clock;
        this.accounts = accounts;
        this.output = output;
        store = new ResultStore(entries, index);
    }

    /**
     * Takes in the result of a check, and publishes it unless a later one of that check and date is known; returns
     * whether it was published.
     */
    public boolean read(String scopeKey, Reconciled check, UUID eventId, long occurredAtMs) {
        Result added = new Result(check.getCheckType(), check.getRunDate(), occurredAtMs, eventId, Findings.of(check));
        StoredScope before = store.load(scopeKey);
        Results after = before.results().with(added);
        if (after.equals(before.results())) {
            return false;
        }
        before.results().missingIn(after).forEach(dropped -> output.send(key(scopeKey, dropped), null));
        output.send(key(scopeKey, added), published(scopeKey, check, eventId, occurredAtMs));
        keep(scopeKey, before, after);
        return true;
    }

    private static Reconciliation published(String scopeKey, Reconciled check, UUID eventId, long occurredAtMs) {
        return Reconciliation.newBuilder()
                .setScope(SubjectKey.parse(scopeKey))
                .setCheck(check)
                .setOccurredAt(Instant.ofEpochMilli(occurredAtMs))
                .setEventId(eventId)
                .build();
    }

    /** Takes in a result that was published before. */
    public void rebuilt(Reconciliation published) {
        String scopeKey = SubjectKey.of(published.getScope());
        Reconciled check = published.getCheck();
        Result result = new Result(
                check.getCheckType(),
                check.getRunDate(),
                published.getOccurredAt().toEpochMilli(),
                published.getEventId() == null ? UNKNOWN : published.getEventId(),
                Findings.of(check));
        StoredScope before = store.load(scopeKey);
        keep(scopeKey, before, before.results().with(result));
    }

    private void keep(String scopeKey, StoredScope before, Results results) {
        long nowMs = clock.wallMs();
        store.save(scopeKey, before, results, nowMs, Times.plus(nowMs, KEPT_MS));
        count(scopeKey, results.finding());
    }

    private void count(String scopeKey, Optional<String> finding) {
        Subject scope = SubjectKey.parse(scopeKey);
        Group group = Group.of(AlertType.RECONCILIATION, scope.getSource(), scope.getStage());
        accounts.count(group, scopeKey, finding, clock.wallMs());
    }

    /** Forgets the results of a scope whose entry in the expiry index came up, unless others were read since. */
    public void due(String scopeKey) {
        StoredScope before = store.load(scopeKey).notIndexed();
        long dueMs = Times.plus(before.readAtMs(), KEPT_MS);
        if (clock.auditMs() > dueMs) {
            forget(scopeKey, before);
        } else {
            store.save(scopeKey, before, before.results(), before.readAtMs(), dueMs);
        }
    }

    /** Takes back everything about a scope, also that it counts if its results were set aside. */
    public void forget(String scopeKey) {
        forget(scopeKey, store.load(scopeKey));
    }

    private void forget(String scopeKey, StoredScope before) {
        count(scopeKey, Optional.empty());
        if (!before.equals(StoredScope.NONE)) {
            before.results().all().forEach(result -> output.send(key(scopeKey, result), null));
            store.delete(scopeKey, before);
        }
    }

    private static String key(String scopeKey, Result result) {
        return scopeKey + '/' + result.keyEnd();
    }
}
