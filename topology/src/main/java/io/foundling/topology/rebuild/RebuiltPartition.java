package io.foundling.topology.rebuild;

import io.foundling.audit.AlertType;
import io.foundling.audit.Closure;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.FormerAttempts;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.parent.ClosureOutput;
import io.foundling.topology.parent.FormerParents;
import io.foundling.topology.parent.ParentStore;
import io.foundling.topology.parent.Settlements;
import io.foundling.topology.reconciliation.Reconciliations;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.Expiry;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.MemoryStore;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.TaskClock;
import io.foundling.topology.task.ThreadTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * The store of one partition of the ledger while it is made anew. The parts of the ledger that keep parents, members and
 * accounts fill it as they do in a task; only the clocks are this rebuild's, and what they send goes to a list.
 */
final class RebuiltPartition {

    private static final int MISSING = 100;
    private static final int SAMPLES = 10;

    /** No audit clock gets there: every limit and every hold of a closing is over, and of one that was settled all is. */
    private static final long AFTER_ALL_MS = Times.NEVER - 1;

    private final MemoryStore bytes = new MemoryStore();
    private final RebuildClock clock = new RebuildClock();
    /** The clock does not move, so nothing is stopped early. */
    private final BusyTime busy = new ThreadTime(() -> 0).open();

    private final LedgerStore store;
    private final ParentStore parents;
    private final FormerParents formers;
    private final AccountStore accounts;
    private final Settlements settlements;
    private final Reconciliations reconciliations;
    private final long nowMs;

    /** Takes what partitions send to each other. */
    interface Post {
        void closure(Closure closure);

        void named(String parentKey, int partition, boolean named);
    }

    RebuiltPartition(LedgerSettings settings, int partition, long nowMs, Post post) {
        this.nowMs = nowMs;
        TaskClock both = new TaskClock(() -> nowMs, clock);
        // The ledger reports what it counts together as soon as it runs on what is rebuilt.
        NameLimit names = new NameLimit(settings.retention().maxStages(), (use, name) -> {});
        store = new LedgerStore(bytes, names);
        parents = new ParentStore(bytes);
        accounts = new AccountStore(bytes, partition, names);
        formers = new FormerParents(StoredEntries.of(bytes), store);
        SourceDelays delays = new SourceDelays(clock, store, names, settings.lateEvents(), nowMs);
        settlements = new Settlements(
                settings, both, busy, delays, store, parents, formers, accounts, new Sending(partition, post));
        // What was published stays as it is.
        reconciliations = new Reconciliations(both, StoredEntries.of(bytes), store, accounts, (key, result) -> {});
    }

    Reconciliations reconciliations() {
        return reconciliations;
    }

    Settlements settlements() {
        return settlements;
    }

    void save(String subjectKey, LedgerStore.TallyKey tally, PlacedDisposition subject, Decision decision) {
        store.save(
                subjectKey,
                tally,
                store.load(subjectKey),
                subject.disposition(),
                decision.isUnwatched(),
                decision.dueMs());
    }

    /** Takes in what was known of the attempts of a parent, by number, and accounts anew for those that closed. */
    void settle(String parentKey, List<Closure> closures) {
        closures.forEach(settlements::read);
        long indexedAtMs = parents.parent(parentKey).indexedAtMs();
        bytes.delete(StoreKeys.expiry(indexedAtMs, Expiry.Kind.MEMBERS.indexKey(parentKey)));
        clock.nowMs = AFTER_ALL_MS;
        settlements.due(parentKey);
        while (settlements.isUnderWay()) {
            busy.beginTurn(1);
            busy.begin();
            settlements.run(Integer.MAX_VALUE, subjectKey -> {});
        }
        clock.nowMs = AuditClock.UNSET;
    }

    /** Keeps when a parent closed that has no disposition any more. */
    void keep(String parentKey, FormerAttempts former, long untilMs) {
        formers.keep(parentKey, former, untilMs);
    }

    Optional<Figures> figures(Group group) {
        return accounts.account(group).flatMap(Account::settlement);
    }

    void figures(Group group, Figures figures) {
        accounts.figures(group, figures, true, nowMs);
    }

    void add(Group group, long count) {
        accounts.add(group, count, nowMs);
    }

    /** Returns the accounts of all groups, which count as sent from now on. */
    List<Account> send() {
        List<Account> sent = new ArrayList<>();
        for (Group group : accounts.unsent(Integer.MAX_VALUE)) {
            accounts.account(group).ifPresent(account -> sent.add(complete(group, account)));
            accounts.sent(group);
        }
        return sent;
    }

    private Account complete(Group group, Account account) {
        int limit = group.type() == AlertType.SETTLEMENT ? MISSING : SAMPLES;
        return account.naming(accounts.named(group, account.count(), limit), false);
    }

    /** Returns the entries of the store. How late sources are is not among them: the ledger finds that out anew. */
    NavigableMap<Bytes, byte[]> entries() {
        bytes.delete(StoreKeys.delaysKnown());
        store.delays().keySet().forEach(source -> bytes.delete(StoreKeys.delay(source)));
        return bytes.entries();
    }

    /** Sends nothing anywhere. */
    private record Sending(int partition, Post post) implements ClosureOutput {

        @Override
        public void send(Closure closure) {
            post.closure(closure);
        }

        @Override
        public void name(String parentKey, boolean named) {
            post.named(parentKey, partition, named);
        }

        @Override
        public void ask(String parentKey) {
            // The task asks once it runs.
        }

        @Override
        public void answer(long sentThroughMs) {
            // Nobody has asked.
        }
    }

    /** Stands before everything, except while a closing is accounted for. */
    private static final class RebuildClock implements AuditClock {

        private long nowMs = UNSET;

        @Override
        public long nowMs() {
            return nowMs;
        }

        @Override
        public void processed(String topic, int partition, long offset) {
            // Nothing is read.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
