package io.foundling.topology.account;

import static io.foundling.topology.account.StoredAccounts.LAST;
import static io.foundling.topology.account.StoredAccounts.SENT;
import static io.foundling.topology.account.StoredAccounts.UNSENT;

import io.foundling.audit.AlertType;
import io.foundling.audit.OrphanReason;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The accounts of a task, and the subjects that count in each of them, in the ledger's store. An account that changed
 * is unsent until {@link #sent}. Accounts that were unsent when a task ended are unsent when the next one opens the
 * store. Groups of sources and stages are bounded, and an account in which nothing counts is forgotten once it was sent,
 * so that nothing stays of a name that a producer made up. In memory they cost their names.
 */
public final class AccountStore {

    private static final List<AlertType> OF_STAGES = List.of(
            AlertType.ORPHANED,
            AlertType.SUPERSEDED,
            AlertType.STALE_SCOPE,
            AlertType.RECONCILIATION,
            AlertType.VOLUME_ANOMALY,
            AlertType.VIOLATIONS);

    private static final int MAX_QUIET_SAMPLES = 1_000;

    private final StoredEntries entries;
    private final KeyValueStore<Bytes, byte[]> store;
    private final int partition;
    private final StoredAccounts stored;
    private final NameLimit names;
    private final Recount recount;

    /** How many accounts had to be counted anew. */
    private int recounts;

    private final Set<Group> unsent = new LinkedHashSet<>();

    /** The groups of sources and stages that have an account, by type. */
    private final Map<AlertType, Set<Group>> ofStages = new EnumMap<>(AlertType.class);

    /** When the accounts that only grow last did. */
    private final Map<Group, Long> grewAtMs = new HashMap<>();

    private final FirstCounted firstCounted = new FirstCounted();

    /** Opens the facade over a restored store. */
    public AccountStore(KeyValueStore<Bytes, byte[]> store, int partition, NameLimit names) {
        this(StoredEntries.of(store), partition, names);
    }

    /** Opens the facade over a restored store. */
    public AccountStore(StoredEntries entries, int partition, NameLimit names) {
        this.entries = entries;
        this.store = entries.bytes();
        this.stored = new StoredAccounts(entries);
        this.partition = partition;
        this.names = names;
        this.recount = new Recount(entries);
        OF_STAGES.forEach(type -> ofStages.put(type, new HashSet<>()));
        List<Group> found = new ArrayList<>();
        entries.readAll(StoreKeys.ACCOUNT, each -> {
            Group group = Group.parse(StoreKeys.text(each.key));
            Optional.ofNullable(ofStages.get(group.type())).ifPresent(known -> known.add(group));
            if (each.value.length > 0 && each.value[0] != SENT) {
                unsent.add(group);
            }
            if (each.value.length == 0 || group.type() != AlertType.SETTLEMENT) {
                found.add(group);
            }
        });
        // What is damaged is counted anew.
        found.forEach(group -> account(group).ifPresent(account -> open(group, account)));
    }

    /** Those that only grow say when they did. Earlier versions kept for ever what they had sent without a count. */
    private void open(Group group, Account account) {
        if (group.type() != AlertType.SETTLEMENT && account.count() == 0 && !unsent.contains(group)) {
            forget(group);
        } else if (onlyGrows(group)) {
            grewAtMs.put(group, account.changedAtMs());
        }
    }

    private static boolean onlyGrows(Group group) {
        return group.type() == AlertType.VIOLATIONS || group.type() == AlertType.GAP;
    }

    /**
     * Returns the group in which something counts: that of its source and stage, or of all for which there is no place
     * (rule B9). While subjects count in that, a group without an account gets none: its subjects may be among them.
     */
    public Group bounded(Group group) {
        Set<Group> named = ofStages.get(group.type());
        if (named == null || named.contains(group)) {
            return group;
        }
        Group others = Group.of(group.type(), "", "");
        boolean hasOthers = named.contains(others);
        boolean isAdmitted = names.admits(NameLimit.Use.ALERT_GROUPS, named.size() - (hasOthers ? 1 : 0), group.key());
        return isAdmitted && (!hasOthers || onlyGrows(group)) ? group : others;
    }

    /** Returns the account of a group, without samples. */
    public Optional<Account> account(Group group) {
        return flagged(group).map(StoredAccounts.Flagged::account);
    }

    private Optional<StoredAccounts.Flagged> flagged(Group group) {
        return stored.get(group, () -> recounted(group));
    }

    /**
     * Lets many members of parents be counted, and writes each account of a settlement that changed once, at the end: a
     * pass changes the same account with each of its members.
     */
    public int countTogether(IntSupplier counting) {
        return stored.writeTogether(counting);
    }

    /** Counts a group anew after something that its account is made of was set aside (rule S2). */
    public void recount(Group group, long nowMs) {
        if (group.type() == AlertType.SETTLEMENT) {
            recount.settlement(group)
                    .ifPresent(settled -> figures(group, settled.figures(), settled.isComplete(), nowMs));
        } else {
            Recount.Counted counted = recount.subjects(group);
            put(group, UNSENT, account(group, counted.count(), counted.parentClosed(), Optional.empty(), nowMs));
            unsent.add(group);
        }
    }

    private void recounted(Group group) {
        unsent.remove(group);
        recounts++;
        recount(group, 0);
    }

    /** Whether a subject counts in a group. */
    public boolean isCounted(Group group, String subjectKey) {
        return store.get(StoreKeys.counted(group.key(), subjectKey)) != null;
    }

    /** Counts a subject in a group, or no longer counts it; returns whether that changed anything. */
    public boolean count(Group group, String subjectKey, boolean is, long nowMs) {
        if (isCounted(group, subjectKey) == is) {
            return false;
        }
        sample(group, subjectKey, is);
        addCounted(group, is ? 1 : -1, 0, nowMs);
        return true;
    }

    /** Counts an orphan by the reason of its warning, or, without one, no longer. */
    public void countOrphan(Group stage, String subjectKey, Optional<OrphanReason> reason, long nowMs) {
        countOnce(stage, subjectKey, reason.map(CountedForm::orphaned).orElse(null), nowMs);
    }

    /** Counts a subject about which something was found, or, without a finding, no longer. */
    public void count(Group stage, String subjectKey, Optional<String> finding, long nowMs) {
        countOnce(stage, subjectKey, finding.map(CountedForm::found).orElse(null), nowMs);
    }

    private void countOnce(Group stage, String subjectKey, byte[] after, long nowMs) {
        Group group = bounded(stage);
        byte[] before = counted(group, subjectKey);
        if (Arrays.equals(before, after)) {
            return;
        }
        putCounted(group, subjectKey, after);
        int closed = CountedForm.timesClosed(after) - CountedForm.timesClosed(before);
        addCounted(group, CountedForm.times(after) - CountedForm.times(before), closed, nowMs);
    }

    /** Returns what was found about a subject; empty if it does not count. */
    public Optional<String> finding(Group stage, String subjectKey) {
        return CountedForm.finding(counted(bounded(stage), subjectKey));
    }

    /** A value that cannot be decoded is set aside; the subject has counted, and goes on counting once. */
    private byte[] counted(Group group, String subjectKey) {
        Bytes key = StoreKeys.counted(group.key(), subjectKey);
        byte[] stored = store.get(key);
        if (stored == null || stored.length == 0) {
            return stored;
        }
        byte[] counted = entries.read(key, stored, CountedForm::possible, CountedForm.ONCE);
        if (counted == CountedForm.ONCE) {
            store.put(key, counted);
        }
        return counted;
    }

    /**
     * Counts a subject in a group as often as before, but at least and at most so often. It is a sample once, however
     * often it counts.
     */
    public void count(Group stage, String subjectKey, int least, int most, long nowMs) {
        Group group = bounded(stage);
        int before = CountedForm.times(counted(group, subjectKey));
        int after = Math.max(least, Math.min(before, most));
        if (after == before) {
            return;
        }
        putCounted(group, subjectKey, after == 0 ? null : CountedForm.times(after));
        addCounted(group, after - before, 0, nowMs);
    }

    /** Adds to a group's count and returns it. */
    public long add(Group group, long change, long nowMs) {
        return add(group, account(group), change, 0, nowMs);
    }

    /** Adds what a subject that is stored counts more; an account that was counted anew only now has it already. */
    private void addCounted(Group group, long change, long closed, long nowMs) {
        int recountsBefore = recounts;
        Optional<Account> before = account(group);
        boolean isAdded = recounts != recountsBefore;
        add(group, before, isAdded ? 0 : change, isAdded ? 0 : closed, nowMs);
    }

    private long add(Group group, Optional<Account> before, long change, long closed, long nowMs) {
        long count = before.map(Account::count).orElse(0L) + change;
        long parentClosed = before.map(Account::parentClosed).orElse(0L) + closed;
        Optional<Figures> figures = before.flatMap(Account::settlement);
        put(group, UNSENT, account(group, count, parentClosed, figures, nowMs));
        unsent.add(group);
        if (onlyGrows(group)) {
            grewAtMs.put(group, nowMs);
        }
        return count;
    }

    /** Ends the accounts that only grow and have not done so for a while: they are sent once more, and count nothing. */
    public void endQuiet(long nowMs, long maxAgeMs) {
        List<Group> quiet = grewAtMs.entrySet().stream()
                .filter(each -> nowMs - each.getValue() >= maxAgeMs)
                .map(Map.Entry::getKey)
                .toList();
        for (Group group : quiet) {
            long count = account(group).map(Account::count).orElse(0L);
            samples(group, count, MAX_QUIET_SAMPLES).forEach(subjectKey -> sample(group, subjectKey, false));
            put(group, UNSENT, account(group, 0, 0, Optional.empty(), nowMs));
            unsent.add(group);
            grewAtMs.remove(group);
        }
    }

    /** Replaces the figures of a settlement; they are sent only if {@code complete}. */
    public void figures(Group group, Figures figures, boolean complete, long nowMs) {
        put(group, complete ? UNSENT : SENT, account(group, figures.orphaned(), 0, Optional.of(figures), nowMs));
        if (complete) {
            unsent.add(group);
        } else {
            unsent.remove(group);
        }
    }

    /** Names a subject as a sample of a group, or no longer, and leaves the count as it is. */
    public void sample(Group group, String subjectKey, boolean is) {
        putCounted(group, subjectKey, is ? CountedForm.ONCE : null);
    }

    private void putCounted(Group group, String subjectKey, byte[] counted) {
        store.put(StoreKeys.counted(group.key(), subjectKey), counted);
        if (counted != null) {
            firstCounted.counts(group, subjectKey);
        }
    }

    /** Takes a subject from the samples of a group, whose account is then sent again as it is. */
    public void unname(Group group, String subjectKey) {
        if (isCounted(group, subjectKey)) {
            sample(group, subjectKey, false);
            account(group).ifPresent(account -> put(group, UNSENT, account));
            unsent.add(group);
        }
    }

    private Account account(Group group, long count, long parentClosed, Optional<Figures> figures, long nowMs) {
        return new Account(group.key(), partition, count, parentClosed, List.of(), false, nowMs, figures);
    }

    private void put(Group group, byte flag, Account account) {
        stored.put(group, flag, account);
        Set<Group> known = ofStages.get(group.type());
        if (known != null) {
            known.add(group);
        }
    }

    /** Whether an account changed since it was sent. */
    public boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    /** Whether the account of a group changed since it was sent. */
    public boolean isUnsent(Group group) {
        return unsent.contains(group);
    }

    /** Returns up to {@code limit} groups whose accounts changed since they were sent. */
    public List<Group> unsent(int limit) {
        return unsent.stream().limit(limit).toList();
    }

    /**
     * Stores that the account of a group was sent as it is. One that took its closing back, or in which nothing counts any
     * more, has done its duty.
     */
    public void sent(Group group) {
        unsent.remove(group);
        Optional<StoredAccounts.Flagged> flagged = flagged(group);
        if (flagged.isEmpty()) {
            return;
        }
        Account account = flagged.get().account();
        if (flagged.get().flag() == LAST
                || account.settlement().map(Figures::isTakenBack).orElse(account.count() == 0)) {
            forget(group);
        } else {
            put(group, SENT, account);
        }
    }

    /** Forgets a group, once its account is sent, that warns of nobody. One that does stays. */
    public void end(Group group) {
        Optional<Account> account = account(group)
                .filter(each -> each.count() == 0
                        || !each.settlement().map(Figures::warns).orElse(true));
        if (account.isPresent() && unsent.contains(group)) {
            put(group, LAST, account.get());
        } else if (account.isPresent()) {
            forget(group);
        }
    }

    /**
     * Returns the first subjects that count in a group, by key. Where nobody counts, nothing is looked for: the walk would
     * go over all that was deleted behind the group, such as every pass that is over.
     *
     * @param count what the account of the group counts
     */
    public List<String> samples(Group group, long count, int limit) {
        List<String> samples = new ArrayList<>();
        if (count == 0) {
            return samples;
        }
        String first = firstCounted.of(group);
        try (KeyValueIterator<Bytes, byte[]> counted =
                store.range(StoreKeys.counted(group.key(), first), StoreKeys.countedEnd(group.key()))) {
            while (samples.size() < limit && counted.hasNext()) {
                samples.add(StoreKeys.subjectCounted(counted.next().key, group.key()));
            }
        }
        firstCounted.looked(group, samples);
        return samples;
    }

    /** Returns the first subjects that count in a group, with what was found about them. */
    public Samples named(Group group, long count, int limit) {
        List<String> keys = samples(group, count, limit);
        SortedMap<String, String> findings = new TreeMap<>();
        if (group.hasFindings()) {
            keys.forEach(key -> finding(group, key).ifPresent(found -> findings.put(key, found)));
        }
        return new Samples(keys, findings);
    }

    /** Forgets a group in which no subject counts. */
    public void forget(Group group) {
        stored.delete(group);
        unsent.remove(group);
        firstCounted.forget(group);
        grewAtMs.remove(group);
        Optional.ofNullable(ofStages.get(group.type())).ifPresent(known -> known.remove(group));
    }
}
