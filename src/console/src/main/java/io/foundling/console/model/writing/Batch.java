package io.foundling.console.model.writing;

import io.foundling.console.model.position.Position;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import java.util.List;

/**
 * What was read of one partition since its position.
 *
 * @param nextOffset where the partition is read on; there may be offsets without records
 * @param entries in order of their offsets; one without value removes the row of its key
 * @param passedOver how many records could not be decoded
 * @param readThroughMs up to when the partition is read with this batch
 * @param leaderEpoch of the leader whose records are before the next offset; or that it is not known
 */
public record Batch<T>(
        Table<T> table,
        Position from,
        long nextOffset,
        List<Entry<T>> entries,
        int passedOver,
        long readThroughMs,
        int leaderEpoch) {

    /** Instead of an epoch: the one that was known before stays. */
    public static final int UNKNOWN_EPOCH = -1;

    /** Instead of a time, in a batch without entries. */
    private static final long NO_TIME = -1;

    public Batch {
        entries = List.copyOf(entries);
    }

    /** One of a leader that is not known. */
    public Batch(
            Table<T> table,
            Position from,
            long nextOffset,
            List<Entry<T>> entries,
            int passedOver,
            long readThroughMs) {
        this(table, from, nextOffset, entries, passedOver, readThroughMs, UNKNOWN_EPOCH);
    }

    /** Returns this with the epoch of the leader. */
    public Batch<T> ofLeader(int epoch) {
        return new Batch<>(table, from, nextOffset, entries, passedOver, readThroughMs, epoch);
    }

    /** Returns the position after it. */
    public Position to() {
        return from.advanced(nextOffset, readThroughMs);
    }

    long firstMs() {
        return entries.isEmpty() ? NO_TIME : entries.get(0).origin().writtenMs();
    }
}
