package io.foundling.topology.store.buffer;

import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Entries of a store that follow from its other entries, and are not logged. Two stamps show whether they belong to the
 * others: one is logged, the other is itself a derived entry, and each change of the others writes both. So the stamps
 * differ where the others came from the changelog: in a new task, after a wipe, and in a task that was a standby. This
 * needs exactly-once processing, which wipes the store of a task that did not end with a commit.
 *
 * @param isDerived whether an entry is derived, by its key
 * @param stamp the key of the stamp that is logged
 * @param ownStamp the key of the stamp that is not logged
 * @param former the key of a logged mark: an earlier build logged derived entries, so deletions of them are logged, too
 */
public record DerivedEntries(Predicate<Bytes> isDerived, Bytes stamp, Bytes ownStamp, Bytes former) {

    static final DerivedEntries NONE = new DerivedEntries(key -> false, null, null, null);

    /** Whether the derived entries of a store belong to its other entries; also in a store that was never stamped. */
    public boolean areCurrent(KeyValueStore<Bytes, byte[]> store) {
        return Arrays.equals(store.get(stamp), store.get(ownStamp));
    }

    /** Notes that the derived entries were made from the other entries that the store has now. */
    public void made(KeyValueStore<Bytes, byte[]> store) {
        store.put(ownStamp, store.get(stamp));
    }
}
