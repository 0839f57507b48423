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
 */
public record Batch<T>(
        Table<T> table, Position from, long nextOffset, List<Entry<T>> entries, int passedOver, long readThroughMs) {

    /** Instead of a time, in a batch without entries. */
    private static final long NO_TIME = -1;

    public Batch {
        entries = List.copyOf(entries);
    }

    Position to() {
        return from.advanced(nextOffset, readThroughMs);
    }

    long firstMs() {
        return entries.isEmpty() ? NO_TIME : entries.get(0).origin().writtenMs();
    }
}
