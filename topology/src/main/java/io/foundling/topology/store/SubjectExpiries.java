package io.foundling.topology.store;

import io.foundling.topology.lifecycle.Times;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The entries of subjects in the expiry index, which are not logged. Where the subjects were restored, the entries are
 * made anew: each subject says at which time it has one. That is one pass over the subjects, which reads the first bytes
 * of each.
 */
final class SubjectExpiries {

    static final byte[] LIVE = {(byte) Expiry.Kind.SUBJECT.ordinal()};
    static final byte[] PUT_BACK = {(byte) Expiry.Kind.PUT_BACK.ordinal()};

    private final StoredEntries entries;
    private final KeyValueStore<Bytes, byte[]> store;

    SubjectExpiries(StoredEntries entries) {
        this.entries = entries;
        store = entries.bytes();
    }

    /** Whether the entries that are stored are those of the subjects. A build that logged them set no stamp. */
    boolean areCurrent() {
        return StoreKeys.DERIVED.areCurrent(store);
    }

    void deleteAll() {
        try (KeyValueIterator<Bytes, byte[]> all =
                store.range(StoreKeys.firstOf(StoreKeys.EXPIRY), StoreKeys.firstOf((byte) (StoreKeys.EXPIRY + 1)))) {
            while (all.hasNext()) {
                Bytes key = all.next().key;
                if (StoreKeys.isOfSubject(key)) {
                    store.delete(key);
                }
            }
        }
    }

    /** Adds the entries to an index that has none of them. */
    void addAll(TimeIndex index, SubjectCodec codec) {
        List<Bytes> undecodable = entries.scan(StoreKeys.SUBJECT, subject -> {
            long indexedAtMs = codec.indexedAtMs(subject.value);
            if (indexedAtMs != Times.NEVER) {
                add(index, indexedAtMs, StoreKeys.text(subject.key));
            }
        });
        // They are dealt with as soon as somebody looks at them.
        undecodable.forEach(key -> add(index, Long.MIN_VALUE, StoreKeys.text(key)));
        StoreKeys.DERIVED.made(store);
    }

    private void add(TimeIndex index, long indexedAtMs, String subjectKey) {
        long atMs = index.placeMs(indexedAtMs, subjectKey);
        // A live entry has the time that its subject says: any other would be dropped.
        store.put(index.entry(atMs, subjectKey), atMs == indexedAtMs ? LIVE : PUT_BACK);
    }
}
