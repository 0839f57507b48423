package io.foundling.topology.ledger;

import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.ClockPause;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.TaskClock;
import java.time.Duration;

/** Counts for their alerts that the audit clock of this task is paused, and how many offsets were deleted unread. */
final class ClockAlerts {

    private final TaskClock clock;
    private final AuditClock audit;
    private final AccountStore accounts;
    private final String partition;
    private final ClockPause pause;
    private final long limitMs;
    private final long startMs;
    private boolean paused;

    ClockAlerts(LedgerSettings settings, TaskClock clock, AuditClock audit, AccountStore accounts, int partition) {
        this.clock = clock;
        this.audit = audit;
        this.accounts = accounts;
        this.partition = "partition " + partition;
        Duration limit = settings.alerting().clockStands();
        pause = new ClockPause(settings.time().allowedLag(), limit);
        limitMs = limit.toMillis();
        startMs = clock.wallMs();
        paused = accounts.isCounted(Group.clock(), this.partition);
    }

    void run() {
        audit.takeGaps().forEach((topic, offsets) -> accounts.add(Group.gap(topic), offsets, clock.wallMs()));
        boolean pausedNow = isPaused();
        if (pausedNow != paused) {
            paused = pausedNow;
            accounts.count(Group.clock(), partition, paused, clock.wallMs());
        }
    }

    /** Before its first proof a clock counts as behind since the start of the task. */
    private boolean isPaused() {
        long clockMs = audit.nowMs();
        return clockMs == AuditClock.UNSET
                ? clock.wallMs() > Times.plus(startMs, limitMs)
                : pause.isPaused(clockMs, clock.wallMs());
    }
}
