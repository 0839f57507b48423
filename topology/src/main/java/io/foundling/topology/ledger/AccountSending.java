package io.foundling.topology.ledger;

import io.foundling.audit.AlertType;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.Group;
import java.util.List;

/** Sends the accounts that changed, each at most once a second, with the first keys behind it. */
final class AccountSending {

    private static final long INTERVAL_MS = 1_000;

    /** At most that many at once, the rest the next time: each reads the subjects behind it. */
    private static final int MAX_ACCOUNTS = 5_000;

    private static final int MISSING = 100;
    private static final int SAMPLES = 10;

    private final LedgerTask task;
    private long sentAtMs = Long.MIN_VALUE;

    AccountSending(LedgerTask task) {
        this.task = task;
    }

    void run() {
        if (sentAtMs != Long.MIN_VALUE && task.wallMs() < sentAtMs + INTERVAL_MS) {
            return;
        }
        task.busy().begin();
        List<Group> unsent = task.accounts().unsent(MAX_ACCOUNTS);
        for (Group group : unsent) {
            if (!task.hasTime()) {
                break;
            }
            task.accounts().account(group).ifPresent(account -> task.outbox().add(complete(group, account)));
            task.accounts().sent(group);
        }
        task.outbox().send();
        if (!unsent.isEmpty()) {
            sentAtMs = task.wallMs();
        }
    }

    private Account complete(Group group, Account account) {
        boolean settlement = group.type() == AlertType.SETTLEMENT;
        List<String> samples = task.accounts().samples(group, settlement ? MISSING : SAMPLES);
        return new Account(
                account.group(),
                account.partition(),
                account.count(),
                samples,
                isIncomplete(group, samples),
                account.changedAtMs(),
                account.settlement());
    }

    private boolean isIncomplete(Group group, List<String> samples) {
        long nowMs = task.wallMs();
        return switch (group.type()) {
            case ORPHANED, SUPERSEDED ->
                task.dropped().isIncomplete(group.parts().get(0), nowMs);
            case SETTLEMENT ->
                samples.isEmpty()
                        ? task.dropped().isIncompleteFor(group.parent(), nowMs)
                        : samples.stream().anyMatch(key -> task.dropped().isIncompleteFor(key, nowMs));
            default -> false;
        };
    }
}
