package io.foundling.topology.account;

import io.foundling.audit.AlertType;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The bytes of accounts in the ledger's store. The accounts of settlements that were read or written last are kept
 * decoded: at most {@value #MAX_RECENT}, of less than a kilobyte each. They last for one life of the task, as {@link
 * AccountStore} does, so that a transaction that is aborted leaves nothing here.
 */
final class StoredAccounts {

    static final byte SENT = 0;
    static final byte UNSENT = 1;
    /** Unsent, and forgotten once it is sent. */
    static final byte LAST = 2;

    private static final int MAX_RECENT = 256;

    private final StoredEntries entries;
    private final KeyValueStore<Bytes, byte[]> store;
    private final AccountCodec codec = new AccountCodec();
    private final Map<Group, Flagged> recent = new LinkedHashMap<>(16, 0.75f, true);

    /** The accounts that are to be written together. */
    private final Set<Group> unwritten = new LinkedHashSet<>();

    private boolean isWritingTogether;

    /**
     * An account as it is stored.
     *
     * @param flag whether it was sent
     */
    record Flagged(byte flag, Account account) {}

    StoredAccounts(StoredEntries entries) {
        this.entries = entries;
        this.store = entries.bytes();
    }

    /**
     * Returns the account of a group, without samples.
     *
     * @param recount puts the account anew, if there is one, after it was set aside
     */
    Optional<Flagged> get(Group group, Runnable recount) {
        Flagged known = recent.get(group);
        if (known != null) {
            return Optional.of(known);
        }
        Bytes key = StoreKeys.account(group.key());
        byte[] stored = store.get(key);
        if (stored == null) {
            return Optional.empty();
        }
        Flagged decoded = entries.read(key, stored, this::decoded, null);
        if (decoded == null) {
            recount.run();
            return Optional.ofNullable(recent.get(group))
                    .or(() -> Optional.ofNullable(store.get(key)).map(this::decoded));
        }
        keep(group, decoded);
        return Optional.of(decoded);
    }

    private Flagged decoded(byte[] stored) {
        if (stored.length == 0 || stored[0] < SENT || stored[0] > LAST) {
            throw new IllegalArgumentException("it does not say whether it was sent");
        }
        return new Flagged(stored[0], codec.decode(Arrays.copyOfRange(stored, 1, stored.length)));
    }

    void put(Group group, byte flag, Account account) {
        Flagged flagged = new Flagged(flag, account);
        if (isWritingTogether && isKept(group)) {
            unwritten.add(group);
        } else {
            write(group, flagged);
        }
        keep(group, flagged);
    }

    void delete(Group group) {
        recent.remove(group);
        unwritten.remove(group);
        store.delete(StoreKeys.account(group.key()));
    }

    /** Runs what changes accounts of settlements, and writes each of them at the end; if that fails, forgets them. */
    int writeTogether(IntSupplier changes) {
        isWritingTogether = true;
        try {
            int changed = changes.getAsInt();
            unwritten.forEach(group -> write(group, recent.get(group)));
            return changed;
        } catch (RuntimeException failure) {
            recent.clear();
            throw failure;
        } finally {
            isWritingTogether = false;
            unwritten.clear();
            shrink();
        }
    }

    private void write(Group group, Flagged flagged) {
        byte[] account = codec.encode(flagged.account());
        byte[] stored = new byte[1 + account.length];
        stored[0] = flagged.flag();
        System.arraycopy(account, 0, stored, 1, account.length);
        store.put(StoreKeys.account(group.key()), stored);
    }

    private static boolean isKept(Group group) {
        return group.type() == AlertType.SETTLEMENT;
    }

    private void keep(Group group, Flagged account) {
        if (isKept(group)) {
            recent.put(group, account);
            shrink();
        }
    }

    /** What is not written yet must be kept: until then, there may be more of them. */
    private void shrink() {
        while (!isWritingTogether && recent.size() > MAX_RECENT) {
            recent.remove(recent.keySet().iterator().next());
        }
    }
}
