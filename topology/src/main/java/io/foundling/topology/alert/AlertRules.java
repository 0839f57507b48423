package io.foundling.topology.alert;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.ClosureVersion;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Total;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Decides what a group publishes, given its accounts and what it published before. Pure: the time is given. */
final class AlertRules {

    /** How many keys an alert names. */
    static final int SAMPLES = 10;

    private final long quietMs;
    private final long memoryMs;
    private final long maxAgeMs;
    private final long settlementMemoryMs;
    private final long settlementRetentionMs;

    AlertRules(LedgerSettings settings) {
        quietMs = settings.alerting().quiet().toMillis();
        memoryMs = settings.alerting().memory().toMillis();
        maxAgeMs = Times.ms(settings.alerting().maxAge());
        settlementMemoryMs = Math.max(memoryMs, settings.settlement().memory().toMillis());
        settlementRetentionMs = settings.settlement().retention().toMillis();
    }

    /** Whether the accounts of a type count everything that there ever was, and so never less. */
    static boolean onlyGrows(AlertType type) {
        return type == AlertType.VIOLATIONS || type == AlertType.GAP;
    }

    /** Decides on a group. */
    Verdict look(AlertType type, GroupState before, List<Account> accounts, long nowMs) {
        if (type == AlertType.SETTLEMENT && endsAtMs(before, accounts) <= nowMs) {
            return ended(before.settling(Optional.empty()), nowMs);
        }
        boolean isOld = type != AlertType.SETTLEMENT && agesOutAtMs(before) <= nowMs;
        GroupState after = isOld ? agedOut(before, accounts, nowMs) : current(type, before, accounts, nowMs);
        if (isOver(after, nowMs)) {
            after = after.alerting(Optional.empty());
        }
        if (type == AlertType.SETTLEMENT) {
            return settlement(after, accounts, nowMs);
        }
        long forgetAtMs = forgetAtMs(type, after, accounts);
        if (forgetAtMs <= nowMs) {
            return new Verdict(after, Verdict.Kept.NOTHING);
        }
        long lookAtMs = lookAtMs(type, after, accounts, forgetAtMs);
        return new Verdict(after.lookAt(lookAtMs), Verdict.Kept.GROUP_AND_ACCOUNTS, isOld && before.isFiring());
    }

    /** Nothing has been said of the group for so long that nobody is expected to end its alert (rule A13). */
    private long agesOutAtMs(GroupState group) {
        return Times.plus(group.touchedAtMs(), maxAgeMs);
    }

    private static GroupState agedOut(GroupState before, List<Account> accounts, long nowMs) {
        if (!before.isFiring()) {
            return before;
        }
        Total shown = before.alert().orElseThrow().total();
        return before.alerting(resolved(before, shown, nowMs))
                .countingFrom(Total.of(accounts, 0).count());
    }

    private GroupState current(AlertType type, GroupState before, List<Account> accounts, long nowMs) {
        return switch (type) {
            case SETTLEMENT -> settling(before, accounts, nowMs);
            case VIOLATIONS, GAP -> whileGrowing(before, accounts, nowMs);
            case ORPHANED,
                    SUPERSEDED,
                    CLOCK,
                    DELAYED_SOURCE,
                    SILENT_SOURCE,
                    STALE_SCOPE,
                    VOLUME_ANOMALY,
                    RECONCILIATION,
                    UNKNOWN -> whileCounted(before, accounts, nowMs);
        };
    }

    /**
     * Announced members that were never seen cannot be counted once the ledger has forgotten their parent. Without any
     * account, such as after a rebuild, nobody can say that anybody is missing.
     */
    private GroupState settling(GroupState before, List<Account> accounts, long nowMs) {
        GroupState group = accounts.isEmpty() ? before : SettlementRules.look(before, accounts, nowMs);
        boolean isFinal = group.isFiring() && doneAtMs(group, accounts) <= nowMs;
        Total total = Total.of(accounts, SAMPLES);
        return isFinal ? group.alerting(resolved(group, total, nowMs)) : group;
    }

    /** Returns from when on the ledger cannot correct a settlement any more, and its accounts are not needed. */
    private long doneAtMs(GroupState group, List<Account> accounts) {
        return accounts.isEmpty() || SettlementRules.isDone(accounts)
                ? Times.plus(group.touchedAtMs(), settlementMemoryMs)
                : Times.NEVER;
    }

    private Verdict settlement(GroupState group, List<Account> accounts, long nowMs) {
        long endsAtMs = endsAtMs(group, accounts);
        long doneAtMs = doneAtMs(group, accounts);
        if (group.alert().isEmpty() && doneAtMs <= nowMs) {
            return group.settlement().isEmpty()
                    ? new Verdict(group, Verdict.Kept.NOTHING)
                    : new Verdict(group.lookAt(endsAtMs), Verdict.Kept.GROUP);
        }
        long nextMs = group.alert().isEmpty() || group.isFiring()
                ? doneAtMs
                : overAtMs(group.alert().get());
        return new Verdict(group.lookAt(Math.min(nextMs, endsAtMs)), Verdict.Kept.GROUP_AND_ACCOUNTS);
    }

    /**
     * Returns when the settlement goes. That counts from the newest closure, as the time does for which the ledger
     * remembers the parent, so that a duplicate of the closing replaces no settlement (rule P14).
     */
    private long endsAtMs(GroupState group, List<Account> accounts) {
        OptionalInt newest = Stream.concat(
                        accounts.stream().flatMap(each -> each.settlement().stream()), settled(group))
                .mapToInt(Figures::version)
                .max();
        long sentAtMs = newest.isPresent() ? ClosureVersion.sentAtMs(newest.getAsInt()) : group.touchedAtMs();
        return Times.plus(sentAtMs, settlementRetentionMs);
    }

    private static Stream<Figures> settled(GroupState group) {
        return group.settlement().flatMap(Total::settlement).stream();
    }

    /** A settlement goes by age, but whoever follows the alert must read that it is resolved before it is removed. */
    private Verdict ended(GroupState group, long nowMs) {
        if (group.alert().isEmpty() || isOver(group, nowMs)) {
            return new Verdict(group.alerting(Optional.empty()), Verdict.Kept.NOTHING);
        }
        AlertState shown = group.alert().get();
        GroupState ended = group.isFiring() ? group.alerting(resolved(group, shown.total(), nowMs)) : group;
        long overAtMs = overAtMs(ended.alert().orElseThrow());
        return new Verdict(ended.lookAt(overAtMs), Verdict.Kept.GROUP, group.isFiring());
    }

    /** Fires while any subject counts in the group (rule A8). */
    private static GroupState whileCounted(GroupState before, List<Account> accounts, long nowMs) {
        Total total = Total.of(accounts, SAMPLES);
        return before.alerting(
                total.count() > 0 ? firing(total, startsAtMs(before, nowMs)) : resolved(before, total, nowMs));
    }

    /** Fires while the count grows, because the count never falls by itself (rule A9). */
    private GroupState whileGrowing(GroupState before, List<Account> accounts, long nowMs) {
        Total total = Total.of(accounts, SAMPLES);
        long count = total.count() - before.baseline();
        boolean published =
                before.isFiring() && before.alert().orElseThrow().total().count() == count;
        if (published && quietAtMs(accounts) <= nowMs) {
            return before.alerting(resolved(before, total, nowMs)).countingFrom(total.count());
        }
        if (count <= 0) {
            return before;
        }
        return before.alerting(firing(total.counting(count, SAMPLES), startsAtMs(before, nowMs)));
    }

    private long quietAtMs(List<Account> accounts) {
        long changedAtMs =
                accounts.stream().mapToLong(Account::changedAtMs).max().orElse(Long.MIN_VALUE);
        return Times.plus(changedAtMs, quietMs);
    }

    private static long startsAtMs(GroupState before, long nowMs) {
        return before.isFiring() ? before.alert().orElseThrow().startsAtMs() : nowMs;
    }

    static Optional<AlertState> firing(Total total, long startsAtMs) {
        return Optional.of(new AlertState(AlertStatus.FIRING, total, startsAtMs, Times.NEVER));
    }

    /** Resolves an alert that fires; any other stays as it is. */
    static Optional<AlertState> resolved(GroupState before, Total total, long nowMs) {
        return before.alert()
                .map(alert -> alert.isFiring()
                        ? new AlertState(AlertStatus.RESOLVED, total.counting(0, 0), alert.startsAtMs(), nowMs)
                        : alert);
    }

    private boolean isOver(GroupState group, long nowMs) {
        return group.alert().isPresent() && overAtMs(group.alert().get()) <= nowMs;
    }

    private long overAtMs(AlertState alert) {
        return alert.isFiring() ? Times.NEVER : Times.plus(alert.endsAtMs(), memoryMs);
    }

    private long forgetAtMs(AlertType type, GroupState group, List<Account> accounts) {
        if (group.alert().isPresent()) {
            return Times.NEVER;
        }
        // A partition whose count does not change sends its account only once: the next alert needs it.
        if (!onlyGrows(type) && Total.of(accounts, 0).count() > 0) {
            return Times.NEVER;
        }
        return switch (type) {
            case VIOLATIONS, GAP -> Times.plus(accounts.isEmpty() ? group.touchedAtMs() : agesOutAtMs(group), memoryMs);
            case ORPHANED,
                    SUPERSEDED,
                    CLOCK,
                    DELAYED_SOURCE,
                    SILENT_SOURCE,
                    SETTLEMENT,
                    STALE_SCOPE,
                    VOLUME_ANOMALY,
                    RECONCILIATION,
                    UNKNOWN -> Times.plus(group.touchedAtMs(), memoryMs);
        };
    }

    private long lookAtMs(AlertType type, GroupState group, List<Account> accounts, long forgetAtMs) {
        if (group.alert().isEmpty()) {
            return forgetAtMs;
        }
        if (!group.isFiring()) {
            return overAtMs(group.alert().get());
        }
        return Math.min(onlyGrows(type) ? quietAtMs(accounts) : Times.NEVER, agesOutAtMs(group));
    }
}
