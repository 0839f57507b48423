package io.foundling.topology.parent;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.FormerAttempts;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.Expiry;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredFormerAttempts;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The parents of this partition that were forgotten, and whose settlements stand (rule P14). Looking one up costs one
 * read for a subject that is not stored, and none where nothing is kept of any parent of its kind: so records, which
 * nobody calls a parent, cost nothing.
 */
public final class FormerParents {

    /** Behind it comes no character of a key. */
    private static final char AFTER_SLASH = '/' + 1;

    /** How far a version may be ahead (rule P5), and so a settlement be kept for longer than its parent was known. */
    private static final long MAX_AHEAD_MS = 24 * 60 * 60 * 1_000;

    private final StoredEntries entries;
    private final KeyValueStore<Bytes, byte[]> store;
    private final LedgerStore index;
    private final VersionedCodec<StoredFormerAttempts> codec = new VersionedCodec<>(StoredFormerAttempts.class);

    /** The kinds, as subject keys begin, of which anything has been kept since the task began. */
    private final Set<String> kinds = new HashSet<>();

    /** Returns for how long former attempts are kept: no settlement that is kept for {@code retention} outlives them. */
    public static long memoryMs(Duration retention) {
        return Times.plus(retention.toMillis(), MAX_AHEAD_MS);
    }

    /** Opens the facade over a restored store. */
    public FormerParents(StoredEntries entries, LedgerStore index) {
        this.entries = entries;
        store = entries.bytes();
        this.index = index;
        Optional<String> kind = firstKindFrom("");
        while (kind.isPresent()) {
            kinds.add(kind.get());
            kind = firstKindFrom(kind.get() + AFTER_SLASH);
        }
    }

    /** One look for each kind, instead of a walk over all that is kept. */
    private Optional<String> firstKindFrom(String from) {
        try (KeyValueIterator<Bytes, byte[]> stored = store.range(
                StoreKeys.formerAttempts(from), StoreKeys.firstOf((byte) (StoreKeys.FORMER_ATTEMPTS + 1)))) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> each = stored.next();
                if (each.key.get()[0] == StoreKeys.FORMER_ATTEMPTS) {
                    return Optional.of(kindOf(StoreKeys.text(each.key)));
                }
            }
            return Optional.empty();
        }
    }

    private static String kindOf(String subjectKey) {
        int end = subjectKey.indexOf('/');
        return end < 0 ? subjectKey : subjectKey.substring(0, end);
    }

    /** Returns what is kept of a parent that was forgotten; nothing of any other subject. */
    public Optional<FormerAttempts> of(String subjectKey) {
        return kinds.contains(kindOf(subjectKey)) ? stored(subjectKey).map(FormerParents::former) : Optional.empty();
    }

    private Optional<StoredFormerAttempts> stored(String parentKey) {
        return Optional.ofNullable(entries.get(StoreKeys.formerAttempts(parentKey), codec::decode, null));
    }

    /** Keeps the former attempts of a parent until the audit clock is past a time, instead of what was kept before. */
    public void keep(String parentKey, FormerAttempts former, long untilMs) {
        dropEntry(parentKey);
        long indexedAtMs = index.schedule(Expiry.Kind.FORMER_ATTEMPTS, parentKey, Times.NEVER, untilMs);
        StoredFormerAttempts stored = new StoredFormerAttempts(
                former.last(),
                former.closed(),
                former.outcome().name(),
                former.closedAtMs(),
                former.lastMs(),
                indexedAtMs);
        store.put(StoreKeys.formerAttempts(parentKey), codec.encode(stored));
        kinds.add(kindOf(parentKey));
    }

    /** Keeps nothing more of a parent whose entry in the expiry index came up. */
    void forget(String parentKey) {
        store.delete(StoreKeys.formerAttempts(parentKey));
    }

    /** Keeps nothing more of a parent, and drops its entry in the expiry index. */
    void erase(String parentKey) {
        dropEntry(parentKey);
        forget(parentKey);
    }

    private void dropEntry(String parentKey) {
        stored(parentKey)
                .ifPresent(stored -> store.delete(
                        StoreKeys.expiry(stored.getIndexedAtMs(), Expiry.Kind.FORMER_ATTEMPTS.indexKey(parentKey))));
    }

    private static FormerAttempts former(StoredFormerAttempts stored) {
        return new FormerAttempts(
                stored.getLast(),
                stored.getClosed(),
                Status.valueOf(stored.getOutcome()),
                stored.getClosedAtMs(),
                stored.getLastMs());
    }
}
