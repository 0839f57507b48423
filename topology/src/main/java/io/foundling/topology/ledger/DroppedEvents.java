package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.SourceReports;
import io.foundling.topology.task.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sources whose producers report dropped events lately (rule A5): what seems missing of them may have been dropped.
 * Sources beyond the limit on names are incomplete together. For the stream thread of the ledger task.
 */
final class DroppedEvents {

    /** How much may be lost of the time of the last report. */
    private static final long WRITTEN_EVERY_MS = 60_000;

    /** In place of a source, none of which has an empty name: those for which there is no place of their own. */
    private static final String OTHERS = "";

    private final SourceReports store;
    private final NameLimit names;
    private final long memoryMs;
    private final Map<String, Long> lastMs;
    private final Interval interval = new Interval(WRITTEN_EVERY_MS);

    /** Forgets sources whose last report is too old. */
    DroppedEvents(SourceReports store, NameLimit names, long memoryMs, long nowMs) {
        this.store = store;
        this.names = names;
        this.memoryMs = memoryMs;
        this.lastMs = new HashMap<>(store.droppedBySource());
        forgetOld(nowMs);
    }

    /** Forgets sources whose last report is too old, at most once a minute. */
    void forgetOld(long nowMs) {
        if (interval.next(nowMs)) {
            List.copyOf(lastMs.keySet()).forEach(source -> reportedLately(source, nowMs));
        }
    }

    void read(AuditEvent event, long appendedAtMs) {
        if (event.getProducer().getDropped() <= 0) {
            return;
        }
        String own = event.getSubject().getSource();
        boolean isNamed = lastMs.containsKey(own) || names.admits(NameLimit.Use.DROPPED_EVENTS, lastMs.size(), own);
        String source = isNamed ? own : OTHERS;
        Long known = lastMs.get(source);
        if (known == null || appendedAtMs - known >= WRITTEN_EVERY_MS) {
            lastMs.put(source, appendedAtMs);
            store.dropped(source, appendedAtMs);
        }
    }

    /** Whether a producer of this source reported dropped events lately. */
    boolean isIncomplete(String source, long nowMs) {
        return !lastMs.isEmpty() && (reportedLately(source, nowMs) || reportedLately(OTHERS, nowMs));
    }

    /** Whether dropped events of this source were reported lately; forgets it if they were not. */
    private boolean reportedLately(String source, long nowMs) {
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
