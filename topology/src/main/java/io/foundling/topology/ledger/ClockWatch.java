package io.foundling.topology.ledger;

import io.foundling.topology.account.Group;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.lifecycle.Fact;

/** Notes for their alerts that the audit clock of this task stands, and that offsets were deleted unread. */
final class ClockWatch {

    private final LedgerTask task;
    private final AuditClock clock;
    private final String partition;
    private final long startMs;
    private boolean stands;

    ClockWatch(LedgerTask task, AuditClock clock) {
        this.task = task;
        this.clock = clock;
        partition = "partition " + task.partition();
        startMs = task.wallMs();
        stands = task.accounts().isBehind(Group.clock(), partition);
    }

    void run() {
        clock.takeGaps().forEach((topic, offsets) -> task.accounts().add(Group.gap(topic), offsets, task.wallMs()));
        boolean standsNow = task.wallMs() > limitMs();
        if (standsNow != stands) {
            stands = standsNow;
            task.accounts().behind(Group.clock(), partition, stands, task.wallMs());
        }
    }

    private long limitMs() {
        long clockMs = clock.nowMs();
        long allowedMs = task.settings().alerting().clockStands().toMillis();
        return clockMs == AuditClock.UNSET
                ? Fact.saturatedAdd(startMs, allowedMs)
                : Fact.saturatedAdd(
                        Fact.saturatedAdd(clockMs, task.settings().allowedLag().toMillis()), allowedMs);
    }
}
