package io.foundling.topology.ledger;

import io.foundling.audit.ClockReport;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.SourceReports;
import io.foundling.topology.task.HeldSubjects;
import io.foundling.topology.task.Interval;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.TaskClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Publishes how far this task has come, and how late its sources are (rule T24). It costs one look-up in a map for each
 * event, and one record for each source that has anything to report, every 10 s. A source costs one write when it first
 * has something to report, and one when it no longer has. For the stream thread of the ledger task.
 */
final class ClockReports {

    private static final long INTERVAL_MS = 10_000;
    private static final double MINUTE_MS = 60_000;

    /** In place of a source: the task itself, and all sources for which there is no report of their own. */
    private static final String TASK_ITSELF = "";

    private final String task;
    private final TaskClock clock;
    private final SourceDelays delays;
    private final HeldSubjects held;
    private final Outbox outbox;
    private final LedgerListener listener;
    private final NameLimit names;
    private final Map<String, long[]> read = new HashMap<>();
    private final SourceReports stored;
    /** The sources of which a report is published. */
    private final Set<String> reported;

    private final Interval interval = new Interval(INTERVAL_MS);

    ClockReports(
            String task,
            TaskClock clock,
            SourceDelays delays,
            HeldSubjects held,
            NameLimit names,
            SourceReports stored,
            Outbox outbox,
            LedgerListener listener) {
        this.task = task;
        this.clock = clock;
        this.delays = delays;
        this.held = held;
        this.names = names;
        this.outbox = outbox;
        this.listener = listener;
        interval.begin(clock.wallMs());
        this.stored = stored;
        reported = stored.published();
    }

    /** Counts an event of a source. */
    void read(String source) {
        long[] count = read.get(source);
        if (count == null) {
            String name = isAdmitted(read.size(), source) ? source : TASK_ITSELF;
            count = read.computeIfAbsent(name, none -> new long[1]);
        }
        count[0]++;
    }

    private boolean isAdmitted(int count, String source) {
        return names.admits(NameLimit.Use.CLOCK_REPORTS, count, source);
    }

    void run() {
        long nowMs = clock.wallMs();
        if (!interval.isOver(nowMs)) {
            return;
        }
        double minutes = Math.max(INTERVAL_MS, interval.elapsedMs(nowMs)) / MINUTE_MS;
        interval.begin(nowMs);
        Map<String, Long> delaysMs = delays.bySource();
        Map<String, Long> heldNow = held.bySource();
        Set<String> sources = new HashSet<>();
        addAll(delaysMs.keySet(), sources);
        addAll(heldNow.keySet(), sources);
        addAll(read.keySet(), sources);
        for (String source : sources) {
            long[] count = read.getOrDefault(source, new long[1]);
            report(source, delaysMs.getOrDefault(source, 0L), heldNow.getOrDefault(source, 0L), count[0] / minutes);
        }
        long events = read.values().stream().mapToLong(count -> count[0]).sum();
        long allHeld = heldNow.values().stream().mapToLong(Long::longValue).sum();
        report(TASK_ITSELF, delaysMs.getOrDefault(TASK_ITSELF, 0L), allHeld, events / minutes);
        forgetOthers(sources);
        read.clear();
        outbox.send();
    }

    private void addAll(Set<String> more, Set<String> sources) {
        for (String source : more) {
            if (!source.equals(TASK_ITSELF) && !sources.contains(source) && isAdmitted(sources.size(), source)) {
                sources.add(source);
            }
        }
    }

    private void report(String source, long delayMs, long heldNow, double rate) {
        long clockMs = clock.auditMs();
        outbox.add(
                key(source),
                new ClockReport(
                        task,
                        source,
                        clockMs == AuditClock.UNSET ? null : Instant.ofEpochMilli(clockMs),
                        delayMs,
                        heldNow,
                        rate,
                        Instant.ofEpochMilli(clock.wallMs())));
        if (!source.equals(TASK_ITSELF)) {
            listener.held(task, source, heldNow);
            if (reported.add(source)) {
                stored.published(source);
            }
        }
    }

    private void forgetOthers(Set<String> sources) {
        for (String source : Set.copyOf(reported)) {
            if (!sources.contains(source)) {
                outbox.add(key(source), (ClockReport) null);
                listener.held(task, source, 0);
                reported.remove(source);
                stored.takenBack(source);
            }
        }
    }

    private String key(String source) {
        return task + '/' + SubjectKey.encode(source);
    }
}
