package io.foundling.topology.ledger;

import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.TaskClock;

/** Counts for their alerts that the audit clock of this task is paused, and how many offsets were deleted unread. */
final class ClockAlerts {

    private final LedgerSettings settings;
    private final TaskClock clock;
    private final AuditClock audit;
    private final AccountStore accounts;
    private final String partition;
    private final long startMs;
    private boolean paused;

    ClockAlerts(LedgerSettings settings, TaskClock clock, AuditClock audit, AccountStore accounts, int partition) {
        this.settings = settings;
        this.clock = clock;
        this.audit = audit;
        this.accounts = accounts;
        this.partition = "partition " + partition;
        startMs = clock.wallMs();
        paused = accounts.isCounted(Group.clock(), this.partition);
    }

    void run() {
        audit.takeGaps().forEach((topic, offsets) -> accounts.add(Group.gap(topic), offsets, clock.wallMs()));
        boolean pausedNow = clock.wallMs() > limitMs();
        if (pausedNow != paused) {
            paused = pausedNow;
            accounts.count(Group.clock(), partition, paused, clock.wallMs());
        }
    }

    private long limitMs() {
        long clockMs = audit.nowMs();
        long allowedMs = settings.alerting().clockStands().toMillis();
        return clockMs == AuditClock.UNSET
                ? Fact.saturatedAdd(startMs, allowedMs)
                : Fact.saturatedAdd(
                        Fact.saturatedAdd(clockMs, settings.allowedLag().toMillis()), allowedMs);
    }
}
