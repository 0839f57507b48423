package io.foundling.topology.ledger;

import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.SourceReports;
import io.foundling.topology.task.Interval;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.TaskClock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reports the delays of the sources of this task, and counts those that have lasted for long for their alerts (rule
 * T23). For the stream thread of the ledger task.
 */
final class DelayAlerts {

    /** How often it looks. */
    private static final long INTERVAL_MS = 10_000;

    /** For how long a source is delayed before it counts. */
    private static final long COUNTS_AFTER_MS = 60 * 60 * 1_000;

    private final String task;
    private final TaskClock clock;
    private final SourceDelays delays;
    private final AccountStore accounts;
    private final LedgerListener listener;
    private final String partition;
    private final long lateAfterMs;
    private final SourceReports stored;
    /** When each delayed source was first found delayed, in this life of the task or a former one. */
    private final Map<String, Long> sinceMs;

    private final Set<String> counted = new HashSet<>();
    private final Interval interval = new Interval(INTERVAL_MS);

    DelayAlerts(
            String task,
            int partition,
            LedgerSettings settings,
            TaskClock clock,
            SourceDelays delays,
            SourceReports stored,
            AccountStore accounts,
            LedgerListener listener) {
        this.task = task;
        this.clock = clock;
        this.delays = delays;
        this.accounts = accounts;
        this.listener = listener;
        this.partition = "partition " + partition;
        lateAfterMs = Times.ms(settings.lateEvents().lateAfter());
        this.stored = stored;
        sinceMs = stored.delayedSince();
        for (String source : sinceMs.keySet()) {
            if (accounts.isCounted(Group.delayedSource(source), this.partition)) {
                counted.add(source);
            }
        }
    }

    /**
     * Forgets the delays that are over, and looks at the rest. Both happen in one turn, and so in one transaction: a
     * source whose delay is no longer stored must not count in the next life of the task.
     */
    void run() {
        long nowMs = clock.wallMs();
        if (!interval.next(nowMs)) {
            return;
        }
        delays.forgetThoseThatAreOver();
        Map<String, Long> found = delays.bySource();
        for (String source : Set.copyOf(sinceMs.keySet())) {
            if (found.getOrDefault(source, 0L) <= lateAfterMs) {
                end(source, nowMs);
            }
        }
        found.forEach((source, delayMs) -> {
            listener.delay(task, source, delayMs);
            if (delayMs > lateAfterMs && hasLasted(source, nowMs)) {
                count(source, nowMs);
            }
        });
    }

    /**
     * Whether a delayed source has been so for long. While the clock is unset nobody knows whether a delay that is
     * stored has ended meanwhile.
     */
    private boolean hasLasted(String source, long nowMs) {
        long beganMs = sinceMs.getOrDefault(source, Times.NEVER);
        // A wall clock that was ahead and was set back, must not begin the hour in the future.
        if (beganMs > nowMs) {
            beganMs = nowMs;
            sinceMs.put(source, beganMs);
            stored.delayedSince(source, beganMs);
        }
        return clock.auditMs() != AuditClock.UNSET && nowMs >= Times.plus(beganMs, COUNTS_AFTER_MS);
    }

    private void count(String source, long nowMs) {
        if (counted.add(source)) {
            accounts.count(Group.delayedSource(source), partition, true, nowMs);
        }
    }

    private void end(String source, long nowMs) {
        sinceMs.remove(source);
        stored.notDelayed(source);
        listener.delay(task, source, 0);
        if (counted.remove(source)) {
            accounts.count(Group.delayedSource(source), partition, false, nowMs);
        }
    }
}
