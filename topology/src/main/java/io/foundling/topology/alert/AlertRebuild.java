package io.foundling.topology.alert;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.MemberCounts;
import io.foundling.topology.account.Total;
import io.foundling.topology.lifecycle.Times;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Makes the store of one alerts task anew from accounts and from what was published (rule R6). What the accounts and a
 * published record agree on is not published again; what they do not agree on is, at the first look at the group.
 */
public final class AlertRebuild {

    private final AlertStore store;
    private final long nowMs;

    public AlertRebuild(KeyValueStore<Bytes, byte[]> store, long nowMs) {
        this.store = new AlertStore(store);
        this.nowMs = nowMs;
    }

    /** Takes in the account of a partition; before what was published of its group. */
    public void take(Account account) {
        store.take(account, nowMs);
    }

    /** Takes in a published alert. */
    public void alert(String group, Alert published) {
        List<Account> accounts = store.accounts(group);
        boolean isSettlement = Group.parse(group).type() == io.foundling.audit.AlertType.SETTLEMENT;
        Total total = Total.of(accounts, isSettlement ? SettlementRules.MISSING : AlertRules.SAMPLES);
        long count = isSettlement ? total.settlement().map(Figures::differences).orElse(0L) : total.count();
        Total shown = count == published.getCount()
                ? total.counting(count, isSettlement ? AlertRules.SAMPLES : Integer.MAX_VALUE)
                : total.counting(published.getCount(), AlertRules.SAMPLES);
        boolean isFiring = published.getStatus() == AlertStatus.FIRING;
        save(
                group,
                state(group)
                        .alerting(Optional.of(new AlertState(
                                isFiring ? AlertStatus.FIRING : AlertStatus.RESOLVED,
                                shown,
                                published.getStartsAt().toEpochMilli(),
                                isFiring || published.getEndsAt() == null
                                        ? endsAtMs(isFiring)
                                        : published.getEndsAt().toEpochMilli()))));
    }

    private long endsAtMs(boolean isFiring) {
        return isFiring ? Times.NEVER : nowMs;
    }

    /** Takes in a published settlement; without accounts, nothing corrects it any more. */
    public void settlement(String group, Settlement published) {
        List<Account> accounts = store.accounts(group);
        if (accounts.isEmpty()) {
            save(group, state(group).settling(Optional.of(total(published))));
            return;
        }
        Total total = Total.of(accounts, SettlementRules.MISSING);
        boolean isSame =
                total.settlement().filter(figures -> isSame(figures, published)).isPresent();
        // Any other settlement than the accounts make is corrected at the first look.
        save(group, state(group).settling(Optional.of(isSame ? total : total.counting(-1, 0))));
    }

    private static Total total(Settlement published) {
        SortedMap<Status, Long> returned = new TreeMap<>();
        published.getReturned().forEach((status, count) -> returned.put(Status.valueOf(status), count));
        MemberCounts members = new MemberCounts(
                returned,
                published.getMoved(),
                published.getOrphaned(),
                published.getUnannounced(),
                0,
                published.getNeverBegan());
        Figures figures = new Figures(
                published.getVersion(),
                0,
                published.getClosedAt().toEpochMilli(),
                published.getOutcome() == null ? Status.UNKNOWN : published.getOutcome(),
                published.getExpected() == null ? -1 : published.getExpected(),
                members);
        return new Total(
                published.getOrphaned(), 0, published.getMissing(), published.getIncomplete(), Optional.of(figures));
    }

    private static boolean isSame(Figures figures, Settlement published) {
        return figures.version() == published.getVersion()
                && figures.deferred() == published.getDeferred()
                && figures.moved() == published.getMoved()
                && figures.orphaned() == published.getOrphaned()
                && figures.returned().entrySet().stream()
                        .allMatch(each -> each.getValue()
                                .equals(published
                                        .getReturned()
                                        .get(each.getKey().name())))
                && published.getOutcome() == figures.outcome()
                && figures.outcome() != Status.UNKNOWN;
    }

    private GroupState state(String group) {
        return store.group(group, nowMs).orElse(GroupState.begun(nowMs));
    }

    private void save(String group, GroupState after) {
        store.rebuilt(group, state(group), after.lookAt(nowMs));
    }
}
