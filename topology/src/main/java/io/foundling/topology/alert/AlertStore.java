package io.foundling.topology.alert;

import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountCodec;
import io.foundling.topology.lifecycle.Times;
import java.util.ArrayList;
import java.util.List;
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

    private final KeyValueStore<Bytes, byte[]> store;
    private final AccountCodec accounts = new AccountCodec();
    private final GroupCodec groups = new GroupCodec();

    /** No entry of the index is earlier: looking for what is due does not walk the tombstones of what was. */
    private long nextLookMs = Long.MIN_VALUE;

    /** Opens the facade over a restored store. */
    public AlertStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Takes in an account, which replaces the former one of its group and partition. */
    public void take(Account account, long nowMs) {
        GroupState before = group(account.group()).orElse(GroupState.begun(nowMs));
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(4);
        batch.add(KeyValue.pair(AlertKeys.account(account.group(), account.partition()), accounts.encode(account)));
        put(account.group(), before, before.touched(nowMs), batch);
    }

    /** Returns what is kept of a group. */
    public Optional<GroupState> group(String group) {
        return Optional.ofNullable(store.get(AlertKeys.group(group))).map(groups::decode);
    }

    /** Returns the accounts of a group, one a partition. */
    public List<Account> accounts(String group) {
        List<Account> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> stored =
                store.range(AlertKeys.accountsFrom(group), AlertKeys.accountsEnd(group))) {
            stored.forEachRemaining(each -> found.add(accounts.decode(each.value)));
        }
        return found;
    }

    /** Whether any group must be looked at; costs no store access. */
    public boolean isAnyDue(long nowMs) {
        return nextLookMs <= nowMs;
    }

    /**
     * Returns up to {@code limit} groups that must be looked at, in order of time; each is to be saved or forgotten
     * now.
     */
    public List<String> due(long nowMs, int limit) {
        List<String> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> looks =
                store.range(AlertKeys.lookFrom(nextLookMs), AlertKeys.looksEnd())) {
            nextLookMs = Times.NEVER;
            while (looks.hasNext() && nextLookMs == Times.NEVER) {
                Bytes look = looks.next().key;
                if (due.size() < limit && AlertKeys.lookAtMs(look) <= nowMs) {
                    due.add(AlertKeys.groupOfLook(look));
                } else {
                    nextLookMs = AlertKeys.lookAtMs(look);
                }
            }
        }
        return due;
    }

    /** Some of those that were due were neither saved nor forgotten: they are due again. */
    public void lookAgain() {
        nextLookMs = Long.MIN_VALUE;
    }

    /** Replaces what is kept of a group. */
    public void save(String group, GroupState before, GroupState after) {
        put(group, before, after, new ArrayList<>(3));
    }

    private void put(String group, GroupState before, GroupState after, List<KeyValue<Bytes, byte[]>> batch) {
        if (before.lookAtMs() != after.lookAtMs() && before.lookAtMs() != Times.NEVER) {
            batch.add(KeyValue.pair(AlertKeys.look(before.lookAtMs(), group), null));
        }
        if (after.lookAtMs() != Times.NEVER) {
            batch.add(KeyValue.pair(AlertKeys.look(after.lookAtMs(), group), new byte[0]));
            nextLookMs = Math.min(nextLookMs, after.lookAtMs());
        }
        batch.add(KeyValue.pair(AlertKeys.group(group), groups.encode(after)));
        store.putAll(batch);
    }

    /** Forgets a group and its accounts. */
    public void forget(String group, GroupState before) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>();
        for (Account account : accounts(group)) {
            batch.add(KeyValue.pair(AlertKeys.account(group, account.partition()), null));
        }
        batch.add(KeyValue.pair(AlertKeys.look(before.lookAtMs(), group), null));
        batch.add(KeyValue.pair(AlertKeys.group(group), null));
        store.putAll(batch);
    }
}
