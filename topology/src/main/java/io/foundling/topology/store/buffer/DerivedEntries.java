package io.foundling.topology.store.buffer;

import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Entries of a store that follow from its other entries: they are not logged. Two stamps show whether they belong to the
 * others. Both are written with each change of the others, one is logged and one is not. So they differ where entries came
 * from the changelog: in a new task, after a wipe, and after the task was a standby.
 *
 * @param isDerived whether an entry follows from others, by its key; the own stamp must
 * @param stamp the key of the stamp that is logged
 * @param ownStamp the key of the one that is not
 */
public record DerivedEntries(Predicate<Bytes> isDerived, Bytes stamp, Bytes ownStamp) {

    static final DerivedEntries NONE = new DerivedEntries(key -> false, null, null);

    /** Whether the derived entries of a store belong to its other entries. So it is in one without stamps. */
    public boolean areCurrent(KeyValueStore<Bytes, byte[]> store) {
        return Arrays.equals(store.get(stamp), store.get(ownStamp));
    }

    /** Notes that the derived entries were made from the other entries that the store has now. */
    public void made(KeyValueStore<Bytes, byte[]> store) {
        store.put(ownStamp, store.get(stamp));
    }
}
