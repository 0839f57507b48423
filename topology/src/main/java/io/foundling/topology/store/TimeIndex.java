package io.foundling.topology.store;

import io.foundling.topology.lifecycle.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keys in the order of the times at which they are due, in a store that holds other entries, too (rule T19). Its cursor
 * is the first key at which an entry may be. Everything before the cursor was dealt with, and deleted: RocksDB keeps a
 * tombstone of each deleted key for a long time, and walks over those that it meets. A look begins at the cursor, so
 * that it walks over none of them, however many were due at one instant and also in the next life of the task. In
 * return nothing may be written before the cursor: {@link #placeMs} returns the first time that is allowed. A look that
 * reads the store also meets the first entry that is not due, behind the tombstones of entries that were moved to an
 * earlier time. So up to there the next looks take what was written since by its key, which costs a list of up to 1,024 keys.
 */
public final class TimeIndex {

    /** If more was written since, the next look reads the store. */
    private static final int MAX_KNOWN = 1_024;

    private final StoredEntries entries;
    private final KeyValueStore<Bytes, byte[]> store;
    private final byte kind;
    private final Bytes cursorKey;
    private Bytes cursor;
    private Bytes storedCursor;

    /** Nothing may be written before: the time of the cursor, or, during a sweep, the end of the sweep. */
    private long floorMs;

    /** No entry is due earlier. */
    private long nextMs;

    /** No entry is due earlier, apart from those that the last look returned. */
    private long aheadMs;

    /** Where the last look that read the store met the first entry that was not due. */
    private long seenMs;

    /** All entries before that, if they are known; some may be deleted by now. */
    private final NavigableSet<Bytes> known = new TreeSet<>();

    private boolean isKnown;

    /** How many of the entries that the last look returned were not dealt with. */
    private int open;

    /**
     * @param kind first byte of the keys of entries; other keys may have the next one
     * @param cursorKey where the cursor is stored
     */
    public TimeIndex(StoredEntries entries, byte kind, Bytes cursorKey) {
        this.entries = entries;
        this.store = entries.bytes();
        this.kind = kind;
        this.cursorKey = cursorKey;
        // Without a cursor the first look walks over the tombstones of all that was dealt with, and misses nothing.
        moveTo(entries.get(cursorKey, this::cursor, first(Long.MIN_VALUE)));
        storedCursor = cursor;
        due(Long.MIN_VALUE, 0);
    }

    private Bytes first(long atMs) {
        return StoreKeys.timed(kind, atMs, "");
    }

    private Bytes cursor(byte[] stored) {
        if (!isTimed(stored)) {
            throw new IllegalArgumentException("it is no key of this index");
        }
        return Bytes.wrap(stored);
    }

    private boolean isTimed(byte[] key) {
        return key.length > Long.BYTES && key[0] == kind;
    }

    private static Bytes after(Bytes key) {
        byte[] bytes = key.get();
        return Bytes.wrap(Arrays.copyOf(bytes, bytes.length + 1));
    }

    private void moveTo(Bytes place) {
        cursor = place;
        floorMs = StoreKeys.timeOf(place);
    }

    /** Whether anything may be due before a time; costs no store access. */
    public boolean isAnyDue(long endMs) {
        return nextMs < endMs;
    }

    /** Returns up to {@code limit} entries that are due before a time, in order. */
    public List<KeyValue<Bytes, byte[]>> due(long endMs, int limit) {
        floorMs = Math.max(floorMs, endMs);
        List<KeyValue<Bytes, byte[]>> due = isKnown && endMs <= seenMs ? known(endMs, limit) : read(endMs, limit);
        nextMs = due.isEmpty() ? aheadMs : StoreKeys.timeOf(due.get(0).key);
        open = due.size();
        return due;
    }

    private List<KeyValue<Bytes, byte[]>> known(long endMs, int limit) {
        List<KeyValue<Bytes, byte[]>> due = new ArrayList<>();
        aheadMs = seenMs;
        for (Iterator<Bytes> keys = known.iterator(); keys.hasNext(); ) {
            Bytes key = keys.next();
            if (due.size() == limit || StoreKeys.timeOf(key) >= endMs) {
                aheadMs = StoreKeys.timeOf(key);
                break;
            }
            byte[] value = store.get(key);
            if (value == null) {
                keys.remove();
            } else {
                due.add(KeyValue.pair(key, value));
            }
        }
        return due;
    }

    private List<KeyValue<Bytes, byte[]>> read(long endMs, int limit) {
        List<KeyValue<Bytes, byte[]>> due = new ArrayList<>();
        List<KeyValue<Bytes, byte[]>> timeless = new ArrayList<>();
        aheadMs = Times.NEVER;
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(cursor, StoreKeys.firstOf((byte) (kind + 1)))) {
            while (entries.hasNext() && aheadMs == Times.NEVER) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (entry.key.get()[0] != kind) {
                    break;
                } else if (!isTimed(entry.key.get())) {
                    timeless.add(entry);
                } else if (due.size() < limit && StoreKeys.timeOf(entry.key) < endMs) {
                    due.add(entry);
                } else {
                    aheadMs = StoreKeys.timeOf(entry.key);
                }
            }
        }
        timeless.forEach(each -> entries.setAside(each.key, each.value, new IllegalStateException("it has no time")));
        seenMs = aheadMs;
        known.clear();
        due.forEach(each -> known.add(each.key));
        isKnown = true;
        return due;
    }

    /** Notes that an entry of the last look is dealt with, and so is every one before it. The caller deletes it. */
    public void dealtWith(Bytes entry) {
        cursor = after(entry);
        known.remove(entry);
        open--;
    }

    /** Ends a sweep over what was due before a time, and stores the cursor. */
    public void end(long endMs) {
        if (aheadMs >= endMs && open == 0) {
            nextMs = aheadMs;
            // Not the end: what is due by then must be due at once, even if the clock stands.
            cursor = first(endMs - 1);
        }
        moveTo(cursor);
        save();
    }

    private void save() {
        if (!cursor.equals(storedCursor)) {
            store.put(cursorKey, cursor.get());
            storedCursor = cursor;
        }
    }

    /** Takes a key that must not be stored any longer out of the cursor, which goes back to its instant. */
    public void unname(String key) {
        if (StoreKeys.textOf(cursor).startsWith(key)) {
            moveTo(first(StoreKeys.timeOf(cursor)));
            save();
        }
    }

    /**
     * Takes the cursor back to a time if it is past it. There is nothing in between. It is stored at once, because what is
     * written from now on may be due in the next life of the task, and before the former cursor.
     */
    public void rewind(long toMs) {
        if (floorMs > toMs) {
            moveTo(first(toMs));
            save();
        }
    }

    /** Returns the time at which an entry must be written to be due at a time. */
    public long placeMs(long dueMs, String key) {
        long atMs = Math.max(dueMs, floorMs);
        return StoreKeys.timed(kind, atMs, key).compareTo(cursor) < 0 ? atMs + 1 : atMs;
    }

    /** Returns the key of an entry at a time of {@link #placeMs}, which is about to be written. */
    public Bytes entry(long atMs, String key) {
        nextMs = Math.min(nextMs, atMs);
        aheadMs = Math.min(aheadMs, atMs);
        Bytes entry = StoreKeys.timed(kind, atMs, key);
        if (isKnown && atMs < seenMs) {
            known.add(entry);
            isKnown = known.size() <= MAX_KNOWN;
        }
        return entry;
    }
}
