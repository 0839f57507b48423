package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.SourceReports;
import io.foundling.topology.task.DropReport;
import io.foundling.topology.task.Interval;
import io.foundling.topology.task.LedgerListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sources whose producers report dropped events lately (rule A5): what seems missing of them may have been dropped.
 * Sources beyond the limit on names are incomplete together. It reports what each event of such a source says, also 0:
 * a reporter that starts again says so. For the stream thread of the ledger task.
 */
final class DroppedEvents {

    /** How much may be lost of the time of the last report. */
    private static final long WRITTEN_EVERY_MS = 60_000;

    /** Names of reporters are kept in memory, and producers make them up. */
    private static final int MAX_NAME_BYTES = 255;

    /** In place of a source, none of which has an empty name: those for which there is no place of their own. */
    private static final String OTHERS = "";

    private final SourceReports store;
    private final NameLimit names;
    private final long memoryMs;
    private final LedgerListener listener;
    private final Map<String, Long> lastMs;
    private final Interval interval = new Interval(WRITTEN_EVERY_MS);

    /** Forgets sources whose last report is too old. */
    DroppedEvents(SourceReports store, NameLimit names, long memoryMs, long nowMs, LedgerListener listener) {
        this.store = store;
        this.names = names;
        this.memoryMs = memoryMs;
        this.listener = listener;
        this.lastMs = new HashMap<>(store.droppedBySource());
        forgetOld(nowMs);
    }

    /** Forgets sources whose last report is too old, at most once a minute. */
    void forgetOld(long nowMs) {
        if (interval.next(nowMs)) {
            List.copyOf(lastMs.keySet()).forEach(source -> reportedLately(source, nowMs));
        }
    }

    void read(AuditEvent event, long occurredAtMs, long appendedAtMs) {
        boolean hasDropped = event.getProducer().getDropped() > 0;
        if (!hasDropped && lastMs.isEmpty()) {
            return;
        }
        String own = event.getSubject().getSource();
        String source = hasDropped ? named(own) : lastMs.containsKey(own) ? own : OTHERS;
        Long known = lastMs.get(source);
        if (hasDropped && (known == null || appendedAtMs - known >= WRITTEN_EVERY_MS)) {
            lastMs.put(source, appendedAtMs);
            store.dropped(source, appendedAtMs);
        }
        if (lastMs.containsKey(source)) {
            report(source, event.getProducer(), occurredAtMs, appendedAtMs);
        }
    }

    private String named(String own) {
        boolean isNamed = lastMs.containsKey(own) || names.admits(NameLimit.Use.DROPPED_EVENTS, lastMs.size(), own);
        return isNamed ? own : OTHERS;
    }

    private void report(String source, Producer reporter, long occurredAtMs, long appendedAtMs) {
        listener.dropped(new DropReport(
                source,
                Texts.truncate(reporter.getService(), MAX_NAME_BYTES),
                Texts.truncate(reporter.getInstance(), MAX_NAME_BYTES),
                Math.max(0, reporter.getDropped()),
                occurredAtMs,
                appendedAtMs));
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
