package io.foundling.topology.store;

import io.foundling.topology.lifecycle.Times;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of subjects in the expiry index, which are not logged. Where the subjects were restored, the entries are
 * made anew: each subject says at which time it has one. That is one pass over the subjects, which decodes the first
 * bytes of each.
 */
final class SubjectExpiries {

    private static final Logger LOG = LoggerFactory.getLogger(SubjectExpiries.class);

    static final byte[] LIVE = {(byte) Expiry.Kind.SUBJECT.ordinal()};
    static final byte[] PUT_BACK = {(byte) Expiry.Kind.PUT_BACK.ordinal()};

    private final StoredEntries entries;
    private final KeyValueStore<Bytes, byte[]> store;

    private SubjectExpiries(StoredEntries entries) {
        this.entries = entries;
        store = entries.bytes();
    }

    /** Opens the expiry index of a store, with the entries of its subjects. */
    static TimeIndex index(StoredEntries stored, SubjectCodec codec) {
        SubjectExpiries ofSubjects = new SubjectExpiries(stored);
        ofSubjects.noteThoseLogged();
        boolean areCurrent = StoreKeys.DERIVED.areCurrent(stored.bytes());
        if (!areCurrent) {
            ofSubjects.deleteAll();
        }
        TimeIndex index = new TimeIndex(stored, StoreKeys.EXPIRY, StoreKeys.cursor());
        if (!areCurrent) {
            ofSubjects.addAll(index, codec);
        }
        return index;
    }

    /** Notes that an earlier build logged the entries that are stored. It set no stamp. */
    private void noteThoseLogged() {
        boolean isNoted = store.get(StoreKeys.DERIVED.former()) != null;
        if (!isNoted && store.get(StoreKeys.DERIVED.stamp()) == null && isAnyStored()) {
            store.put(StoreKeys.DERIVED.former(), new byte[0]);
        }
    }

    private boolean isAnyStored() {
        try (KeyValueIterator<Bytes, byte[]> all = from(firstPlace())) {
            while (all.hasNext()) {
                if (StoreKeys.isOfSubject(all.next().key)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the cursor, before which there are tombstones only. */
    private Bytes firstPlace() {
        byte[] cursor = store.get(StoreKeys.cursor());
        boolean isPlace = cursor != null && cursor.length > 0 && cursor[0] == StoreKeys.EXPIRY;
        return isPlace ? Bytes.wrap(cursor) : StoreKeys.firstOf(StoreKeys.EXPIRY);
    }

    private KeyValueIterator<Bytes, byte[]> from(Bytes place) {
        return store.range(place, StoreKeys.firstOf((byte) (StoreKeys.EXPIRY + 1)));
    }

    private void deleteAll() {
        try (KeyValueIterator<Bytes, byte[]> all = from(StoreKeys.firstOf(StoreKeys.EXPIRY))) {
            while (all.hasNext()) {
                Bytes key = all.next().key;
                if (StoreKeys.isOfSubject(key)) {
                    store.put(key, null);
                }
            }
        }
    }

    /** Adds the entries to an index that has none of them. */
    private void addAll(TimeIndex index, SubjectCodec codec) {
        long[] added = {0};
        List<Bytes> undecodable = entries.scan(StoreKeys.SUBJECT, subject -> {
            long indexedAtMs = codec.indexedAtMs(subject.value);
            if (indexedAtMs != Times.NEVER) {
                add(index, indexedAtMs, StoreKeys.text(subject.key));
                added[0]++;
            }
        });
        // They are dealt with as soon as somebody looks at them.
        undecodable.forEach(key -> add(index, Long.MIN_VALUE, StoreKeys.text(key)));
        StoreKeys.DERIVED.made(store);
        LOG.info("made {} entries of the expiry index anew, which are not in the changelog", added[0]);
    }

    private void add(TimeIndex index, long indexedAtMs, String subjectKey) {
        long atMs = index.placeMs(indexedAtMs, subjectKey);
        // A sweep drops a live entry whose time is not the one that its subject says.
        store.put(index.entry(atMs, subjectKey), atMs == indexedAtMs ? LIVE : PUT_BACK);
    }
}
