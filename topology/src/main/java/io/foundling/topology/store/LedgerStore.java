package io.foundling.topology.store;

import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.stored.StoredErasure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The store of one task: a subject, its place in the expiry index and the tally of its source and stage change together
 * in one batched write. A subject has at most one live index entry, which moves earlier, and with an outcome later; one
 * that comes up too early is read and written anew.
 */
public final class LedgerStore {

    private static final byte[] ERASED = {(byte) Expiry.Kind.ERASED.ordinal()};

    /** No key has it, so that a key with it at its end is the least one after the key itself. */
    private static final char FIRST_CHARACTER = '\0';

    private final StoredEntries entries;
    private final KeyValueStore<Bytes, byte[]> store;
    private final SubjectCodec codec = new SubjectCodec();
    private final VersionedCodec<StoredErasure> erasures = new VersionedCodec<>(StoredErasure.class);
    private final Function<byte[], LedgerEntry> decoder = codec::decode;
    private final Tallies tallies;
    private final TimeIndex expiries;

    /** How many erased subjects are stored. */
    private long erased;

    /** Source and stage. */
    public record TallyKey(String source, String stage) {

        /** All for which there is no tally of their own. */
        static final TallyKey OTHERS = new TallyKey("", "");
    }

    public LedgerStore(KeyValueStore<Bytes, byte[]> store, NameLimit names) {
        this(StoredEntries.of(store), names);
    }

    /** Opens the facade over a restored store. */
    public LedgerStore(StoredEntries entries, NameLimit names) {
        this.entries = entries;
        store = entries.bytes();
        replaceFormerCursor();
        expiries = SubjectExpiries.index(entries, codec);
        tallies = new Tallies(entries, codec, names);
        entries.readAll(StoreKeys.ERASED, each -> erased++);
    }

    /** A cursor of earlier versions is a time: entries at that time may not have been dealt with. */
    private void replaceFormerCursor() {
        Long former = entries.get(StoreKeys.formerCursor(), StoreKeys::longOf, null);
        if (former != null) {
            Bytes cursor = StoreKeys.expiry(former, "");
            store.putAll(List.of(
                    KeyValue.pair(StoreKeys.formerCursor(), null), KeyValue.pair(StoreKeys.cursor(), cursor.get())));
        }
    }

    /** Returns what is stored of a subject; of an unknown one, nothing; of one that had to be set aside, {@link LedgerEntry#LOST}. */
    public LedgerEntry load(String subjectKey) {
        Bytes key = StoreKeys.subject(subjectKey);
        byte[] stored = store.get(key);
        return stored == null ? LedgerEntry.NONE : entries.read(key, stored, decoder, LedgerEntry.LOST);
    }

    /** Whether a subject was set aside, so that it may be stored as a member of parents that nobody knows any more. */
    public boolean isSetAside(String subjectKey) {
        return entries.isSetAside(StoreKeys.subject(subjectKey));
    }

    /** Notes that a subject of a source and stage was set aside, so that its tally no longer fits. */
    public void lost(TallyKey tallyKey) {
        tallies.lost(tallyKey);
    }

    /**
     * Does what is to be done after entries were set aside; if none were, this costs no access to the store.
     *
     * @return the keys of subjects that were found damaged on the way, and are to be loaded
     */
    public List<String> tidy(long nowMs) {
        entries.forgetOld();
        return tallies.recount(nowMs);
    }

    /**
     * Replaces a subject and makes it due once the audit clock is past {@code dueMs}
     * ({@link Times#NEVER} if it never is).
     *
     * @param unwatched whether it counts as a subject that nothing watches
     */
    public void save(
            String subjectKey,
            TallyKey tallyKey,
            LedgerEntry before,
            Disposition after,
            boolean unwatched,
            long dueMs) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(4);
        long liveMs = before.indexedAtMs();
        // What awaits may be extended again and again: its entry is looked at when it comes up. An outcome is the last
        // change of most subjects, and moving the entry is cheaper than a look at the subject.
        boolean movesLater = !after.awaits() && liveMs != Times.NEVER && dueMs > liveMs && dueMs != Times.NEVER;
        if (movesLater) {
            batch.add(KeyValue.pair(StoreKeys.expiry(liveMs, subjectKey), null));
        }
        long indexedAtMs = index(subjectKey, SubjectExpiries.LIVE, movesLater ? Times.NEVER : liveMs, dueMs, batch);
        save(
                subjectKey,
                tallyKey,
                before,
                new LedgerEntry(after, indexedAtMs, true, after.isOrphan(), unwatched),
                batch);
    }

    /** Replaces a subject whose index entry came up, and deletes that entry. */
    public void save(
            Expiry due, TallyKey tallyKey, LedgerEntry before, Disposition after, boolean unwatched, long dueMs) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(5);
        batch.add(taken(due));
        long indexedAtMs = index(due.subjectKey(), SubjectExpiries.LIVE, Times.NEVER, dueMs, batch);
        save(
                due.subjectKey(),
                tallyKey,
                before,
                new LedgerEntry(after, indexedAtMs, true, after.isOrphan(), unwatched),
                batch);
    }

    private void save(
            String subjectKey,
            TallyKey tallyKey,
            LedgerEntry before,
            LedgerEntry after,
            List<KeyValue<Bytes, byte[]>> batch) {
        batch.add(KeyValue.pair(StoreKeys.subject(subjectKey), codec.encode(after)));
        tally(tallyKey, before, after, batch);
        store.putAll(batch);
    }

    /** Deletes a subject whose index entry came up; it stays counted as removed. */
    public void forget(Expiry due, TallyKey tallyKey, LedgerEntry before) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(4);
        batch.add(taken(due));
        batch.add(KeyValue.pair(StoreKeys.subject(due.subjectKey()), null));
        if (before.state().isKnown()) {
            tallies.forget(tallyKey, batch);
        }
        store.putAll(batch);
    }

    /** Forgets that a subject was erased, whose index entry came up. */
    public void forgetErased(Expiry due) {
        store.putAll(List.of(taken(due), KeyValue.pair(StoreKeys.erased(due.subjectKey()), null)));
        erased--;
    }

    /** Returns what stays of a subject that was erased; while nobody is, this costs no access to the store. */
    public Optional<Erasure> erasure(String subjectKey) {
        return erased == 0 ? Optional.empty() : erasureNamed(Erasure.name(subjectKey));
    }

    /** Returns what stays of an erased subject: it stays erased also if the rest of that had to be set aside. */
    public Optional<Erasure> erasureNamed(String name) {
        Bytes key = StoreKeys.erased(name);
        byte[] stored = store.get(key);
        return Optional.ofNullable(stored).map(bytes -> {
            Erasure unknown = new Erasure(name, 0, true, List.of());
            Erasure read = entries.read(key, bytes, each -> Erasure.of(name, erasures.decode(each)), unknown);
            if (read == unknown) {
                store.put(key, erasures.encode(unknown.stored()));
            }
            return read;
        });
    }

    /** Deletes a subject, and stores what stays of it until the audit clock is past {@code dueMs}. */
    public void erase(String subjectKey, TallyKey tallyKey, LedgerEntry before, Erasure erasure, long dueMs) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(5);
        if (before.indexedAtMs() != Times.NEVER) {
            batch.add(KeyValue.pair(StoreKeys.expiry(before.indexedAtMs(), subjectKey), null));
        }
        batch.add(KeyValue.pair(StoreKeys.subject(subjectKey), null));
        index(erasure.name(), ERASED, Times.NEVER, dueMs, batch);
        batch.add(KeyValue.pair(StoreKeys.erased(erasure.name()), erasures.encode(erasure.stored())));
        Tally.Place from = Tally.Place.of(before.state());
        Tally.Difference marks = Tally.Difference.between(before, LedgerEntry.NONE);
        tallies.move(tallyKey, from, Tally.Place.of(erasure), marks, erasure.counted() ? 1 : 0, batch);
        store.putAll(batch);
        expiries.unname(subjectKey);
        entries.forget(subjectKey);
        erased++;
    }

    /** Replaces what stays of an erased subject. */
    public void erased(TallyKey tallyKey, Erasure before, Erasure after) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(2);
        batch.add(KeyValue.pair(StoreKeys.erased(after.name()), erasures.encode(after.stored())));
        int newlyCounted = after.counted() && !before.counted() ? 1 : 0;
        tallies.move(
                tallyKey, Tally.Place.of(before), Tally.Place.of(after), Tally.Difference.SAME, newlyCounted, batch);
        store.putAll(batch);
    }

    /** Drops an index entry that its subject no longer needs. */
    public void drop(Expiry due) {
        store.putAll(List.of(taken(due)));
    }

    /** Sets an index entry aside that names no subject. */
    public void setAside(Expiry due) {
        expiries.dealtWith(due.key());
        entries.setAside(due.key(), store.get(due.key()), new IllegalStateException("its key names no subject"));
    }

    /** Returns what deletes an entry that is dealt with. */
    private KeyValue<Bytes, byte[]> taken(Expiry due) {
        expiries.dealtWith(due.key());
        return KeyValue.pair(due.key(), null);
    }

    /** Puts an entry whose subject could not be processed back into the index. */
    public void putBack(Expiry due, long dueMs) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(2);
        batch.add(taken(due));
        long atMs = expiries.placeMs(dueMs, due.subjectKey());
        batch.add(KeyValue.pair(expiries.entry(atMs, due.subjectKey()), SubjectExpiries.PUT_BACK));
        store.putAll(batch);
    }

    /** Whether any entry may be due; costs no store access. */
    public boolean isAnyDue(long clockMs) {
        return expiries.isAnyDue(clockMs);
    }

    /**
     * Goes on with a sweep: returns up to {@code limit} entries due before the clock, in order of time. Each is to be
     * saved, forgotten, dropped or put back, in this order, before the next call.
     */
    public List<Expiry> due(long clockMs, int limit) {
        return expiries.due(clockMs, limit).stream().map(Expiry::of).toList();
    }

    /** Ends a sweep over what is due before the clock, whether or not everything was dealt with. */
    public void endSweep(long clockMs) {
        expiries.end(clockMs);
    }

    /** Takes in what the audit clock shows. It is behind the cursor if a clock was wrong in a former life of the task. */
    public void clockShows(long clockMs) {
        expiries.rewind(clockMs - 1);
    }

    /**
     * Makes what is kept of a parent due once the audit clock is past {@code dueMs}, and returns the time of its entry.
     *
     * @param liveMs the time of its entry so far; {@link Times#NEVER} if it has none
     */
    public long schedule(Expiry.Kind kind, String parentKey, long liveMs, long dueMs) {
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(2);
        byte[] value = {(byte) kind.ordinal()};
        long indexedAtMs = index(kind.indexKey(parentKey), value, liveMs, dueMs, batch);
        store.putAll(batch);
        return indexedAtMs;
    }

    /** Returns the delays that are stored, by source. */
    public Map<String, Delay> delays() {
        Map<String, Delay> delays = new HashMap<>();
        entries.readAll(StoreKeys.DELAY, each -> delays.put(StoreKeys.text(each.key), delay(each.value)));
        return delays;
    }

    private static Delay delay(byte[] stored) {
        if (stored.length == 0) {
            throw new IllegalArgumentException("it is empty");
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        List<Delay.Step> steps = new ArrayList<>(stored.length / (2 * Long.BYTES));
        while (bytes.hasRemaining()) {
            steps.add(new Delay.Step(bytes.getLong(), bytes.getLong()));
        }
        return new Delay(steps);
    }

    /** Stores the delay of a source; none deletes it. */
    public void delay(String source, Delay delay) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES * delay.steps().size());
        delay.steps().forEach(step -> bytes.putLong(step.delayMs()).putLong(step.untilMs()));
        store.put(StoreKeys.delay(source), bytes.capacity() == 0 ? null : bytes.array());
    }

    /** Returns until when the delays were not known; empty in a store that never had any. */
    public OptionalLong delaysKnownFromMs() {
        Long knownFromMs = entries.get(StoreKeys.delaysKnown(), StoreKeys::longOf, null);
        return knownFromMs == null ? OptionalLong.empty() : OptionalLong.of(knownFromMs);
    }

    /** Stores until when the delays are not known. */
    public void delaysKnownFromMs(long knownFromMs) {
        store.put(
                StoreKeys.delaysKnown(),
                ByteBuffer.allocate(Long.BYTES).putLong(knownFromMs).array());
    }

    /** Whether a subject is stored. */
    public boolean holds(String subjectKey) {
        return store.get(StoreKeys.subject(subjectKey)) != null;
    }

    /** Whether any subject is stored. */
    public boolean hasSubjects() {
        try (KeyValueIterator<Bytes, byte[]> subjects = range(StoreKeys.SUBJECT)) {
            return subjects.hasNext();
        }
    }

    /** Returns with which policies the deadlines were computed; nothing in a new store, or one of an older version. */
    public Optional<PoliciesApplied> policiesApplied() {
        return Optional.ofNullable(entries.get(StoreKeys.policies(), PoliciesApplied::decode, null));
    }

    public void policiesApplied(PoliciesApplied applied) {
        store.put(StoreKeys.policies(), applied.encode());
    }

    /** Returns the keys of up to {@code limit} subjects that come after a key, in order. */
    public List<String> subjectsAfter(String subjectKey, int limit) {
        List<String> keys = new ArrayList<>(limit);
        try (KeyValueIterator<Bytes, byte[]> subjects = store.range(
                StoreKeys.subject(subjectKey + FIRST_CHARACTER), StoreKeys.firstOf((byte) (StoreKeys.SUBJECT + 1)))) {
            while (subjects.hasNext() && keys.size() < limit) {
                Bytes key = subjects.next().key;
                if (key.get()[0] == StoreKeys.SUBJECT) {
                    keys.add(StoreKeys.text(key));
                }
            }
        }
        return keys;
    }

    /** Returns the tallies of this task that changed since the last call, the first time all. */
    public Map<TallyKey, Tally> drainChangedTallies() {
        return tallies.drainChanged();
    }

    /** Moves the live entry to {@code dueMs} if that is earlier, and returns its time. */
    private long index(String key, byte[] kind, long liveMs, long dueMs, List<KeyValue<Bytes, byte[]>> batch) {
        if (dueMs == Times.NEVER || dueMs >= liveMs) {
            return liveMs;
        }
        long targetMs = expiries.placeMs(dueMs, key);
        if (targetMs >= liveMs) {
            return liveMs;
        }
        if (liveMs != Times.NEVER) {
            batch.add(KeyValue.pair(StoreKeys.expiry(liveMs, key), null));
        }
        batch.add(KeyValue.pair(expiries.entry(targetMs, key), kind));
        return targetMs;
    }

    private void tally(TallyKey key, LedgerEntry before, LedgerEntry after, List<KeyValue<Bytes, byte[]>> batch) {
        Tally.Place from = Tally.Place.of(before.state());
        Tally.Place to = Tally.Place.of(after.state());
        tallies.move(key, from, to, Tally.Difference.between(before, after), 0, batch);
    }

    private KeyValueIterator<Bytes, byte[]> range(byte kind) {
        return store.range(StoreKeys.firstOf(kind), StoreKeys.firstOf((byte) (kind + 1)));
    }
}
