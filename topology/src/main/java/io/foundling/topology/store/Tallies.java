package io.foundling.topology.store;

import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.store.LedgerStore.TallyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * The tallies of a task, by source and stage (rule L19). A tally that was set aside, or one of a subject that was, is
 * counted anew from what is stored, which costs one walk over all subjects (rule S2).
 */
final class Tallies {

    private static final byte[] NOTHING = {};

    /** Many subjects may be set aside one after the other: so often at most are all counted anew. */
    private static final long RECOUNT_EVERY_MS = 60_000;

    private final StoredEntries entries;
    private final SubjectCodec codec;
    private final NameLimit names;
    private final Map<TallyKey, Tally> tallies = new HashMap<>();
    private final Map<TallyKey, Tally> changed = new HashMap<>();

    /** Whose figures no longer fit what is stored. */
    private final Set<TallyKey> unfit = new HashSet<>();

    private long recountedMs = Long.MIN_VALUE;

    /** Opens the tallies of a restored store. */
    Tallies(StoredEntries entries, SubjectCodec codec, NameLimit names) {
        this.entries = entries;
        this.codec = codec;
        this.names = names;
        Set<TallyKey> lost = new HashSet<>();
        Set<TallyKey> former = new HashSet<>();
        entries.readAll(StoreKeys.TALLY, each -> {
            TallyKey key = key(each.key);
            lost.add(key);
            tallies.put(key, Tally.decode(each.value));
            lost.remove(key);
            if (Tally.isFormer(each.value)) {
                former.add(key);
            }
        });
        entries.readAll(StoreKeys.RECOUNT, each -> unfit.add(key(each.key)));
        unfit.addAll(lost);
        // A tally of an earlier version does not count who was forgotten, and so never gives its place up. Where a
        // place is
        // needed, it is counted anew.
        if (former.contains(TallyKey.OTHERS) || !names.hasPlace(tallies.size())) {
            unfit.addAll(former);
        }
        lost.forEach(key -> tallies.put(key, Tally.NONE));
        if (!unfit.isEmpty()) {
            recount(lost);
        }
        changed.putAll(tallies);
    }

    private static TallyKey key(Bytes tallyKey) {
        String[] parts = StoreKeys.sourceAndStage(tallyKey);
        return new TallyKey(parts[0], parts[1]);
    }

    /**
     * Moves a subject from one place to another.
     *
     * @param forgotten how many subjects that count as removed are forgotten with it
     */
    void move(
            TallyKey key,
            Tally.Place from,
            Tally.Place to,
            Tally.Difference marks,
            int forgotten,
            List<KeyValue<Bytes, byte[]>> batch) {
        if (from != to || forgotten != 0 || !marks.equals(Tally.Difference.SAME)) {
            TallyKey counted = bounded(key);
            replace(counted, tally(counted).moved(from, to, marks, forgotten), batch);
        }
    }

    /** Forgets a subject that counts as removed. */
    void forget(TallyKey key, List<KeyValue<Bytes, byte[]>> batch) {
        TallyKey counted = bounded(key);
        replace(counted, tally(counted).forgetting(), batch);
    }

    private Tally tally(TallyKey key) {
        return tallies.getOrDefault(key, Tally.NONE);
    }

    /** Replaces a tally. One of which no subject is stored any more goes on counting with the others. */
    private void replace(TallyKey key, Tally tally, List<KeyValue<Bytes, byte[]>> batch) {
        if (!tally.isForgotten() || key.equals(TallyKey.OTHERS)) {
            put(key, tally, batch);
            return;
        }
        tallies.remove(key);
        changed.put(key, Tally.NONE);
        batch.add(KeyValue.pair(StoreKeys.tally(key.source(), key.stage()), null));
        if (tally.known() > 0) {
            put(TallyKey.OTHERS, tally(TallyKey.OTHERS).plusForgotten(tally), batch);
        }
    }

    private void put(TallyKey key, Tally tally, List<KeyValue<Bytes, byte[]>> batch) {
        tallies.put(key, tally);
        changed.put(key, tally);
        batch.add(KeyValue.pair(StoreKeys.tally(key.source(), key.stage()), tally.encode()));
    }

    /**
     * Returns the tally in which a source and stage count. While subjects are stored that count with the others, one
     * without a tally of its own gets none: its subjects may be among them.
     */
    private TallyKey bounded(TallyKey key) {
        if (tallies.containsKey(key)) {
            return key;
        }
        int named = tallies.size() - (tallies.containsKey(TallyKey.OTHERS) ? 1 : 0);
        boolean isAdmitted = names.admits(NameLimit.Use.TALLIES, named, key.source() + '/' + key.stage());
        return isAdmitted && tally(TallyKey.OTHERS).isForgotten() ? key : TallyKey.OTHERS;
    }

    /** Returns the tally in which a subject that is stored counts. */
    private TallyKey counting(TallyKey key) {
        return tallies.containsKey(key) ? key : TallyKey.OTHERS;
    }

    /** Returns the tallies that changed since the last call, the first time all. */
    Map<TallyKey, Tally> drainChanged() {
        Map<TallyKey, Tally> drained = Map.copyOf(changed);
        changed.clear();
        return drained;
    }

    /** Notes that a subject was set aside: nobody knows where it counted. */
    void lost(TallyKey key) {
        TallyKey counted = counting(key);
        if (unfit.add(counted)) {
            entries.bytes().put(StoreKeys.recount(counted.source(), counted.stage()), NOTHING);
        }
    }

    /**
     * Counts anew what no longer fits; costs nothing if everything does.
     *
     * @return the keys of subjects that cannot be decoded
     */
    List<String> recount(long nowMs) {
        if (unfit.isEmpty() || recountedMs != Long.MIN_VALUE && nowMs - recountedMs < RECOUNT_EVERY_MS) {
            return List.of();
        }
        recountedMs = nowMs;
        return recount(Set.of());
    }

    /** @param lost of which even the number of subjects that ever had a status is not known any more */
    private List<String> recount(Set<TallyKey> lost) {
        Map<TallyKey, Tally> counts = new HashMap<>();
        unfit.forEach(key -> counts.put(key, Tally.NONE));
        List<Bytes> damaged = entries.scan(StoreKeys.SUBJECT, each -> {
            Subject subject = SubjectKey.parse(StoreKeys.text(each.key));
            TallyKey counted = counting(new TallyKey(subject.getSource(), subject.getStage()));
            if (unfit.contains(counted)) {
                counts.computeIfPresent(counted, (same, count) -> count.with(codec.decode(each.value)));
            }
        });
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>();
        counts.forEach((key, count) -> {
            replace(key, lost.contains(key) ? count : count.ofKnown(tally(key)), batch);
            batch.add(KeyValue.pair(StoreKeys.recount(key.source(), key.stage()), null));
        });
        unfit.clear();
        entries.bytes().putAll(batch);
        return damaged.stream().map(StoreKeys::text).toList();
    }
}
