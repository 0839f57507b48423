package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.store.LedgerStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sources whose producers report dropped events lately (rule A5): what seems missing of them may have been dropped.
 */
final class DroppedEvents {

    /** How much may be lost of the time of the last report. */
    private static final long WRITTEN_EVERY_MS = 60_000;

    private final LedgerStore store;
    private final long memoryMs;
    private final Map<String, Long> lastMs;

    /** Forgets sources whose last report is too old. */
    DroppedEvents(LedgerStore store, long memoryMs, long nowMs) {
        this.store = store;
        this.memoryMs = memoryMs;
        this.lastMs = new HashMap<>(store.droppedBySource());
        List.copyOf(lastMs.keySet()).forEach(source -> isIncomplete(source, nowMs));
    }

    void read(AuditEvent event, long appendedAtMs) {
        if (event.getProducer().getDropped() <= 0) {
            return;
        }
        String source = event.getSubject().getSource();
        Long known = lastMs.get(source);
        if (known == null || appendedAtMs - known >= WRITTEN_EVERY_MS) {
            lastMs.put(source, appendedAtMs);
            store.dropped(source, appendedAtMs);
        }
    }

    /** Whether a producer of this source reported dropped events lately. */
    boolean isIncomplete(String source, long nowMs) {
        Long known = lastMs.get(source);
        if (known != null && nowMs - known > memoryMs) {
            lastMs.remove(source);
            store.droppedNothing(source);
            return false;
        }
        return known != null;
    }

    /** Whether a producer of the source of this subject reported dropped events lately. */
    boolean isIncompleteFor(String subjectKey, long nowMs) {
        if (lastMs.isEmpty()) {
            return false;
        }
        Subject subject = SubjectKey.parse(subjectKey);
        return isIncomplete(subject.getSource(), nowMs);
    }
}
