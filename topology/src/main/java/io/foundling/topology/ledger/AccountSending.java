package io.foundling.topology.ledger;

import io.foundling.audit.AlertType;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.Samples;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.Interval;
import io.foundling.topology.task.TaskClock;
import java.util.Iterator;
import java.util.List;

/**
 * Sends the accounts that changed to the alerts task, at most once a second, each with the first keys that count in it
 * (rule A6).
 */
final class AccountSending {

    private static final long INTERVAL_MS = 1_000;

    /**
     * How many accounts are sent at once. The rest waits for the next second, because each account costs a walk over
     * keys.
     */
    private static final int MAX_ACCOUNTS = 5_000;

    private static final long ENDS_QUIET_EVERY_MS = 60_000;

    private static final int MISSING = 100;
    private static final int SAMPLES = 10;

    private final TaskClock clock;
    private final BusyTime busy;
    private final AccountStore accounts;
    private final DroppedEvents dropped;
    private final Outbox outbox;
    private final long maxAgeMs;
    private final Interval interval = new Interval(INTERVAL_MS);
    private final Interval quiet = new Interval(ENDS_QUIET_EVERY_MS);

    AccountSending(
            TaskClock clock,
            BusyTime busy,
            AccountStore accounts,
            DroppedEvents dropped,
            Outbox outbox,
            long maxAgeMs) {
        this.clock = clock;
        this.busy = busy;
        this.accounts = accounts;
        this.dropped = dropped;
        this.outbox = outbox;
        this.maxAgeMs = maxAgeMs;
    }

    /** Ends accounts of violations and deleted offsets to which nothing was added for long, at most once a minute. */
    void endQuiet() {
        if (quiet.next(clock.wallMs())) {
            accounts.endQuiet(clock.wallMs(), maxAgeMs);
        }
    }

    /** Whether there is anything to send now. */
    boolean isDue() {
        return accounts.hasUnsent() && interval.isOver(clock.wallMs());
    }

    /** Sends what its time allows, but at least one account. */
    void run() {
        if (!isDue()) {
            return;
        }
        List<Group> unsent = accounts.unsent(MAX_ACCOUNTS);
        busy.begin();
        Iterator<Group> groups = unsent.iterator();
        do {
            Group group = groups.next();
            accounts.account(group).ifPresent(account -> outbox.add(complete(group, account)));
            accounts.sent(group);
        } while (groups.hasNext() && busy.isLeft());
        outbox.send();
        interval.begin(clock.wallMs());
    }

    private Account complete(Group group, Account account) {
        boolean settlement = group.type() == AlertType.SETTLEMENT;
        Samples named = accounts.named(group, account.count(), settlement ? MISSING : SAMPLES);
        return account.naming(named, isIncomplete(group, named.keys()));
    }

    private boolean isIncomplete(Group group, List<String> samples) {
        long nowMs = clock.wallMs();
        return switch (group.type()) {
            case ORPHANED, SUPERSEDED, STALE_SCOPE ->
                dropped.isIncomplete(group.parts().get(0), nowMs);
            case SETTLEMENT ->
                samples.isEmpty()
                        ? dropped.isIncompleteFor(group.parent(), nowMs)
                        : samples.stream().anyMatch(key -> dropped.isIncompleteFor(key, nowMs));
            case VIOLATIONS, GAP, CLOCK, DELAYED_SOURCE, SILENT_SOURCE, VOLUME_ANOMALY, RECONCILIATION, UNKNOWN ->
                false;
        };
    }
}
