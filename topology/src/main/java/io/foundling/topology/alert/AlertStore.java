package io.foundling.topology.alert;

import io.foundling.audit.AlertType;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountCodec;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.Total;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.store.TimeIndex;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The store of one alerts task: accounts, what was published of each group, and an index of the times at which groups
 * must be looked at. An account that comes puts its group into the index in the same write, so that none is forgotten
 * if the task ends before it was looked at. A group has at most one entry in the index.
 */
public final class AlertStore {

    private final StoredEntries entries;
    private final KeyValueStore<Bytes, byte[]> store;
    private final AccountCodec accounts = new AccountCodec();
    private final GroupCodec groups = new GroupCodec();
    private final TimeIndex looks;
    private final Map<AlertType, Long> firing = new EnumMap<>(AlertType.class);

    public AlertStore(KeyValueStore<Bytes, byte[]> store) {
        this(StoredEntries.of(store), new PolicyTexts(List.of()), 0);
    }

    /**
     * Opens the facade over a restored store, and reads all its groups once to see which of them fire, and which fire
     * with other labels than the policies give now: those are looked at.
     */
    AlertStore(StoredEntries entries, PolicyTexts texts, long nowMs) {
        this.entries = entries;
        store = entries.bytes();
        looks = new TimeIndex(entries, AlertKeys.LOOK, AlertKeys.cursor());
        List<String> found = new ArrayList<>();
        // Earlier versions kept for ever what fires and what counts, and did not look at it again. What is kept for
        // ever today costs one more look at each start.
        Map<String, GroupState> looked = new HashMap<>();
        entries.readAll(AlertKeys.GROUP, each -> {
            String group = StoreKeys.text(each.key);
            Group.parse(group);
            found.add(group);
            GroupState state = groups.decode(each.value);
            found.remove(found.size() - 1);
            fires(group, state.isFiring(), 1);
            if (state.lookAtMs() == Times.NEVER || isRelabelled(group, state, texts)) {
                looked.put(group, state);
            }
        });
        looked.forEach((group, state) -> move(group, state, state.lookAt(state.touchedAtMs()), new ArrayList<>(2)));
        // What is left had to be set aside.
        found.forEach(group -> beginAnew(group, nowMs));
    }

    /**
     * Begins a group anew of which nothing is known any more. It is taken for firing, so that an alert that is published
     * is resolved or replaced when the group is looked at, which is now: its accounts are what it was made of.
     */
    private GroupState beginAnew(String group, long nowMs) {
        drop(group);
        GroupState begun = GroupState.begun(nowMs);
        GroupState anew =
                begun.alerting(AlertRules.firing(Total.of(List.of(), 0), nowMs)).touched(nowMs);
        move(group, begun, anew, new ArrayList<>(2));
        return entries.get(AlertKeys.group(group), groups::decode, anew);
    }

    /** Drops all looks at a group, of which nothing is kept. It costs a walk over all looks. */
    void drop(String group) {
        List<Bytes> dropped = new ArrayList<>();
        entries.readAll(AlertKeys.LOOK, each -> {
            if (StoreKeys.textOf(each.key).equals(group)) {
                dropped.add(each.key);
            }
        });
        dropped.forEach(store::delete);
    }

    /** Returns how many alerts of a type fire. */
    public long firing(AlertType type) {
        return firing.getOrDefault(type, 0L);
    }

    private void fires(String group, boolean is, long change) {
        if (is) {
            firing.merge(Group.parse(group).type(), change, Long::sum);
        }
    }

    /** Decodes an account that was sent by a ledger task; one that cannot be decoded is set aside (rule S2). */
    Optional<Account> received(byte[] key, byte[] value) {
        return Optional.ofNullable(
                entries.received(AlertKeys.received(key), value == null ? new byte[0] : value, this::ofAGroup, null));
    }

    private Account ofAGroup(byte[] value) {
        Account account = accounts.decode(value);
        Group.parse(account.group());
        return account;
    }

    /** Takes in an account, which replaces the former one of its group and partition. */
    public void take(Account account, long nowMs) {
        looks.rewind(nowMs);
        GroupState before = group(account.group(), nowMs).orElse(GroupState.begun(nowMs));
        GroupState after = before.touched(nowMs);
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(4);
        Bytes key = AlertKeys.account(account.group(), account.partition());
        boolean onlyGrows = AlertRules.onlyGrows(Group.parse(account.group()).type());
        if (onlyGrows) {
            after = after.countingFrom(after.baseline() - countedBefore(key, account));
        }
        batch.add(KeyValue.pair(key, onlyGrows && account.count() == 0 ? null : accounts.encode(account)));
        if (after.lookAtMs() == before.lookAtMs()) {
            put(account.group(), after, batch);
        } else {
            move(account.group(), before, after, batch);
        }
    }

    /** Returns what an account that only grows counted before it began anew; 0 if it goes on. */
    private long countedBefore(Bytes key, Account account) {
        long before = entries.get(key, bytes -> accounts.decode(bytes).count(), 0L);
        return account.count() < before ? before : 0;
    }

    /** Returns what is kept of a group; one that has to be set aside begins anew. */
    public Optional<GroupState> group(String group, long nowMs) {
        byte[] stored = store.get(AlertKeys.group(group));
        if (stored == null) {
            return Optional.empty();
        }
        GroupState state = entries.read(AlertKeys.group(group), stored, groups::decode, null);
        return Optional.of(state == null ? beginAnew(group, nowMs) : state);
    }

    /**
     * Returns what is kept of a group that is due. If that is nothing, its looks are dropped; if it had to be set aside, it
     * is due again. Both are dealt with then.
     */
    Optional<GroupState> due(String group, long nowMs) {
        byte[] stored = store.get(AlertKeys.group(group));
        if (stored == null) {
            drop(group);
            return Optional.empty();
        }
        GroupState state = entries.read(AlertKeys.group(group), stored, groups::decode, null);
        if (state == null) {
            beginAnew(group, nowMs);
        }
        return Optional.ofNullable(state);
    }

    /** Returns the accounts of a group, one a partition. */
    public List<Account> accounts(String group) {
        List<Account> found = new ArrayList<>();
        entries.readAll(
                AlertKeys.accountsFrom(group),
                AlertKeys.accountsEnd(group),
                each -> found.add(accounts.decode(each.value)));
        return found;
    }

    /** Returns up to {@code limit} groups whose keys come after a text, in order. */
    List<String> groupsAfter(String group, int limit) {
        List<String> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> groups =
                store.range(AlertKeys.group(group + '\0'), StoreKeys.firstOf((byte) (AlertKeys.GROUP + 1)))) {
            while (groups.hasNext() && found.size() < limit) {
                Bytes key = groups.next().key;
                if (key.get()[0] == AlertKeys.GROUP) {
                    found.add(StoreKeys.text(key));
                }
            }
        }
        return found;
    }

    /** Has a group looked at if it fires with other labels than the policies give now. */
    void relabel(String group, PolicyTexts texts, long nowMs) {
        looks.rewind(nowMs);
        group(group, nowMs)
                .filter(state -> isRelabelled(group, state, texts) && state.lookAtMs() > nowMs)
                .ifPresent(state -> move(group, state, state.lookAt(nowMs), new ArrayList<>(3)));
    }

    private static boolean isRelabelled(String group, GroupState state, PolicyTexts texts) {
        return state.isFiring() && !texts.labels(Group.parse(group)).equals(state.labels());
    }

    /** Whether any group may have to be looked at; costs no store access. */
    public boolean isAnyDue(long nowMs) {
        return looks.isAnyDue(nowMs + 1);
    }

    /**
     * Returns up to {@code limit} groups that must be looked at, in order of time. Each is to be saved or forgotten
     * now, in this order, until {@link #looked}.
     */
    public List<String> due(long nowMs, int limit) {
        return looks.due(nowMs + 1, limit).stream()
                .map(look -> StoreKeys.textOf(look.key))
                .toList();
    }

    /** Ends a look at what is due. What was neither saved nor forgotten is due again. */
    public void looked(long nowMs) {
        looks.end(nowMs + 1);
    }

    /** Replaces what is kept of a group that was due. */
    public void save(String group, GroupState before, GroupState after) {
        save(group, before, after, new ArrayList<>(3));
    }

    /** Replaces what is kept of a group that was due, and deletes its accounts. */
    public void saveWithoutAccounts(String group, GroupState before, GroupState after) {
        save(group, before, after, withoutAccounts(group));
    }

    private void save(String group, GroupState before, GroupState after, List<KeyValue<Bytes, byte[]>> batch) {
        looks.dealtWith(AlertKeys.look(before.lookAtMs(), group));
        move(group, before, after, batch);
    }

    private List<KeyValue<Bytes, byte[]>> withoutAccounts(String group) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>();
        for (Account account : accounts(group)) {
            batch.add(KeyValue.pair(AlertKeys.account(group, account.partition()), null));
        }
        return batch;
    }

    /** Replaces what is kept of a group, which then must be looked at. */
    void rebuilt(String group, GroupState before, GroupState after) {
        move(group, before, after, new ArrayList<>(3));
    }

    private void move(String group, GroupState before, GroupState after, List<KeyValue<Bytes, byte[]>> batch) {
        if (before.isFiring() != after.isFiring()) {
            fires(group, true, after.isFiring() ? 1 : -1);
        }
        if (before.lookAtMs() != Times.NEVER) {
            batch.add(KeyValue.pair(AlertKeys.look(before.lookAtMs(), group), null));
        }
        GroupState placed = after;
        if (after.lookAtMs() != Times.NEVER) {
            placed = after.lookAt(looks.placeMs(after.lookAtMs(), group));
            batch.add(KeyValue.pair(looks.entry(placed.lookAtMs(), group), new byte[0]));
        }
        put(group, placed, batch);
    }

    private void put(String group, GroupState state, List<KeyValue<Bytes, byte[]>> batch) {
        batch.add(KeyValue.pair(AlertKeys.group(group), groups.encode(state)));
        store.putAll(batch);
    }

    /** Forgets a group that was due, and its accounts. */
    public void forget(String group, GroupState before) {
        looks.dealtWith(AlertKeys.look(before.lookAtMs(), group));
        fires(group, before.isFiring(), -1);
        List<KeyValue<Bytes, byte[]>> batch = withoutAccounts(group);
        batch.add(KeyValue.pair(AlertKeys.look(before.lookAtMs(), group), null));
        batch.add(KeyValue.pair(AlertKeys.group(group), null));
        store.putAll(batch);
    }
}
