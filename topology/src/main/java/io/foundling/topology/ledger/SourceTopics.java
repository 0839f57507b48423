package io.foundling.topology.ledger;

import io.foundling.topology.clock.Gap;
import io.foundling.topology.store.SourceStore;
import io.foundling.topology.store.SourceStore.StoredSource;

/**
 * What one task remembers of its source topics across its lives. Every life compares the broker with the offset that
 * was committed, which stays as it is while nothing is read: without a memory, each would count the same gap again
 * (rule A4).
 */
final class SourceTopics {

    private final SourceStore store;

    SourceTopics(SourceStore store) {
        this.store = store;
    }

    /** Returns how many offsets of a gap no life has counted before, and stores that they are counted. */
    long count(Gap gap) {
        StoredSource before = store.load(gap.topic());
        long offsets = gap.to() - Math.max(gap.from(), before.countedTo());
        if (offsets <= 0) {
            return 0;
        }
        store.save(gap.topic(), new StoredSource(before.id(), gap.to()));
        return offsets;
    }
}
