package io.foundling.topology.alert;

import io.foundling.audit.AlertType;
import io.foundling.audit.Status;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.ClosureVersion;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.MemberCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Accounts that a test sends. */
final class Accounts {

    static final Instant CLOSED_AT = Instant.parse("2026-09-01T19:58:00Z");
    static final String BATCH = "batch/university/payment-run/2026-09-01";
    static final Group SETTLED = Group.settlement(BATCH, 1);
    static final Group ORPHANED = Group.of(AlertType.ORPHANED, "university", "declaration");
    static final Group VIOLATIONS = Group.of(AlertType.VIOLATIONS, "university", "declaration");

    /** Version 7 was sent at {@link AlertsHarness#START}, and each version a second after the one before. */
    private static final int VERSION_0 = ClosureVersion.at(AlertsHarness.START.toEpochMilli()) - 7;

    private Accounts() {}

    /** An account of a group of subjects. */
    static Account of(Group group, int partition, long count, Instant changedAt, String... ids) {
        return new Account(
                group.key(), partition, count, 0, keys(ids), false, changedAt.toEpochMilli(), Optional.empty());
    }

    static Account of(Group group, int partition, long count, String... ids) {
        return of(group, partition, count, AlertsHarness.START, ids);
    }

    static Account incomplete(Account account) {
        return new Account(
                account.group(),
                account.partition(),
                account.count(),
                account.parentClosed(),
                account.samples(),
                true,
                account.changedAtMs(),
                account.settlement());
    }

    /** The account of a settlement of {@link #BATCH}, in which the ids are missing. */
    static Account settlement(int partition, Figures figures, String... ids) {
        return new Account(
                SETTLED.key(),
                partition,
                figures.orphaned(),
                0,
                keys(ids),
                false,
                AlertsHarness.START.toEpochMilli(),
                Optional.of(figures));
    }

    /** Figures in which nothing was announced. */
    static Figures figures(int version, int partitions, long completed, long orphaned) {
        return figures(version, partitions, Status.COMPLETED, -1, completed, orphaned);
    }

    static Figures figures(int version, int partitions, Status outcome, long expected, long completed, long orphaned) {
        return new Figures(
                VERSION_0 + version,
                partitions,
                CLOSED_AT.toEpochMilli(),
                outcome,
                expected,
                new MemberCounts(
                        completed == 0 ? new TreeMap<>() : new TreeMap<>(Map.of(Status.COMPLETED, completed)),
                        0,
                        orphaned,
                        0,
                        0,
                        0));
    }

    /** Returns how a version is published. */
    static int version(int version) {
        return VERSION_0 + version;
    }

    /** Figures of a closing that was taken back. */
    static Figures takenBack(int version, int partitions) {
        return Figures.none().under(VERSION_0 + version, partitions, Figures.OPEN, Status.UNKNOWN, -1);
    }

    static List<String> keys(String... ids) {
        return List.of(ids).stream()
                .map(id -> "record/university/declaration/" + id)
                .toList();
    }

    /** Ids of three digits. */
    static String[] ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> String.format("%03d", i)).toArray(String[]::new);
    }
}
