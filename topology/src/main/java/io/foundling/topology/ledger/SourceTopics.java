package io.foundling.topology.ledger;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.Gap;
import io.foundling.topology.store.SourceStore;
import io.foundling.topology.store.SourceStore.StoredSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * What one task remembers of its source topics across its lives: which topic of that name it read, so that a topic that
 * was made anew in its place is noticed (rule T7), and up to where deleted offsets were counted (rule A4). Every life
 * compares the broker with the offset that was committed, which stays as it is while nothing is read: without a memory,
 * each would count the same gap again.
 */
final class SourceTopics {

    private final SourceStore store;
    private final AuditClock audit;
    private final Map<String, Uuid> ids = new HashMap<>();

    /** Lets the clock of a new life know which topics earlier lives have read. */
    SourceTopics(SourceStore store, List<String> topics, AuditClock audit) {
        this.store = store;
        this.audit = audit;
        topics.forEach(topic -> ids.put(topic, store.load(topic).id()));
        audit.readBefore(Map.copyOf(ids));
    }

    /** Stores which topics this life reads, as soon as that is known. */
    void remember() {
        audit.topicIds().forEach((topic, id) -> {
            Uuid before = ids.put(topic, id);
            if (!id.equals(before)) {
                boolean unknown = Uuid.ZERO_UUID.equals(before);
                store.save(
                        topic, new StoredSource(id, unknown ? store.load(topic).countedTo() : 0));
            }
        });
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
