package io.foundling.topology.ledger;

import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.ClockPause;
import io.foundling.topology.clock.Gap;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.TaskClock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts for their alerts that the audit clock of this task is paused, and how many offsets were deleted unread. */
final class ClockAlerts {

    private static final Logger LOG = LoggerFactory.getLogger(ClockAlerts.class);

    private final TaskClock clock;
    private final AuditClock audit;
    private final AccountStore accounts;
    private final SourceTopics topics;
    private final LedgerListener listener;
    private final int partition;
    private final String name;
    private final ClockPause pause;
    private final long limitMs;
    private final long startMs;
    private boolean paused;

    ClockAlerts(
            LedgerSettings settings,
            TaskClock clock,
            AuditClock audit,
            AccountStore accounts,
            SourceTopics topics,
            LedgerListener listener,
            int partition) {
        this.clock = clock;
        this.audit = audit;
        this.accounts = accounts;
        this.topics = topics;
        this.listener = listener;
        this.partition = partition;
        name = "partition " + partition;
        Duration limit = settings.alerting().clockStands();
        pause = new ClockPause(settings.time().allowedLag(), limit);
        limitMs = limit.toMillis();
        startMs = clock.wallMs();
        paused = accounts.isCounted(Group.clock(), name);
    }

    void run() {
        audit.takeGaps().forEach(this::count);
        boolean pausedNow = isPaused();
        if (pausedNow != paused) {
            paused = pausedNow;
            accounts.count(Group.clock(), name, paused, clock.wallMs());
        }
    }

    private void count(Gap gap) {
        long offsets = topics.count(gap);
        if (offsets > 0) {
            accounts.add(Group.gap(gap.topic()), offsets, clock.wallMs());
            listener.gap(gap.topic(), partition, offsets);
            LOG.warn(
                    "{} offsets of {}-{} were deleted before they were read; a longer retention.ms of the topic prevents that",
                    offsets,
                    gap.topic(),
                    partition);
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
