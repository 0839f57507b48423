package io.foundling.topology.alert;

import io.foundling.topology.account.Account;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Total;
import java.util.List;
import java.util.Optional;

/**
 * Decides what the settlement of one attempt of a parent publishes. Only accounts of its newest closure are added up.
 */
final class SettlementRules {

    /** How many keys a settlement names. */
    static final int MISSING = 100;

    private SettlementRules() {}

    static GroupState look(GroupState before, List<Account> accounts, long nowMs) {
        List<Account> newest = newest(accounts);
        if (isTakenBack(newest)) {
            Total total = Total.of(newest, MISSING);
            return before.settling(Optional.empty()).alerting(AlertRules.resolved(before, total, nowMs));
        } else if (!isComplete(newest)) {
            return before;
        }
        Total total = Total.of(newest, MISSING);
        return before.settling(Optional.of(total)).alerting(alert(before, total, nowMs));
    }

    private static Optional<AlertState> alert(GroupState before, Total total, long nowMs) {
        Figures figures = total.settlement().orElseThrow();
        long count = figures.differences();
        return count > 0
                ? AlertRules.firing(total.counting(count, AlertRules.SAMPLES), figures.closedAtMs())
                : AlertRules.resolved(before, total, nowMs);
    }

    /** Whether no partition will correct it: every partition has sent its account, and no member is missing. */
    static boolean isDone(List<Account> accounts) {
        List<Account> newest = newest(accounts);
        return isTakenBack(newest)
                || isComplete(newest)
                        && Total.of(newest, 0).settlement().orElseThrow().orphaned() == 0;
    }

    private static List<Account> newest(List<Account> accounts) {
        int newest = accounts.stream()
                .mapToInt(account -> figures(account).version())
                .max()
                .orElse(0);
        return accounts.stream()
                .filter(account -> figures(account).version() == newest)
                .toList();
    }

    /** A partition that had sent nothing before has nothing to take back: one account is enough. */
    private static boolean isTakenBack(List<Account> newest) {
        return newest.stream().allMatch(account -> figures(account).closedAtMs() == Figures.OPEN);
    }

    /** Each partition sends one account, so that accounts are counted instead of partitions. */
    private static boolean isComplete(List<Account> newest) {
        return newest.size() >= figures(newest.get(0)).partitions();
    }

    private static Figures figures(Account account) {
        return account.settlement()
                .orElseThrow(() -> new IllegalStateException(
                        "the account of " + account.group() + " has no figures; expected those of its settlement"));
    }
}
