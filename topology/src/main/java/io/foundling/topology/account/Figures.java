package io.foundling.topology.account;

import io.foundling.audit.Status;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A partition's part of the settlement of one attempt of a parent. The account counts the orphaned members.
 *
 * @param version of the closure that it accounts for; only accounts of the same version are added up
 * @param partitions how many partitions send one
 * @param closedAtMs when the attempt closed; {@link #OPEN} if its closure was taken back
 * @param outcome of the attempt
 * @param expected how many members were announced; negative: not said
 * @param returned by outcome
 */
public record Figures(
        int version,
        int partitions,
        long closedAtMs,
        Status outcome,
        long expected,
        SortedMap<Status, Long> returned,
        long moved,
        long orphaned) {

    /** The attempt is not closed after all. */
    public static final long OPEN = Long.MAX_VALUE;

    /** Members of the attempt: those that returned, moved on, or did neither. */
    public long deferred() {
        return returned.values().stream().mapToLong(Long::longValue).sum() + moved + orphaned;
    }

    /** Returns these figures with members added (or, negative, taken away) with one result. */
    public Figures counted(MemberResult result, long change) {
        SortedMap<Status, Long> newReturned = new TreeMap<>(returned);
        result.outcome().ifPresent(status -> newReturned.merge(status, change, Long::sum));
        newReturned.values().removeIf(count -> count == 0);
        return new Figures(
                version,
                partitions,
                closedAtMs,
                outcome,
                expected,
                newReturned,
                moved + (result == MemberResult.MOVED ? change : 0),
                orphaned + (result == MemberResult.ORPHANED ? change : 0));
    }

    /** Returns the same counts under another closure. */
    public Figures under(int newVersion, int newPartitions, long newClosedAtMs, Status newOutcome, long newExpected) {
        return new Figures(
                newVersion, newPartitions, newClosedAtMs, newOutcome, newExpected, returned, moved, orphaned);
    }

    /** Adds the counts of another partition under the same closure. */
    public Figures plus(Figures other) {
        SortedMap<Status, Long> sum = new TreeMap<>(returned);
        other.returned.forEach((status, count) -> sum.merge(status, count, Long::sum));
        return new Figures(
                version,
                partitions,
                closedAtMs,
                outcome,
                expected,
                sum,
                moved + other.moved,
                orphaned + other.orphaned);
    }

    /** How many members were announced and never seen. */
    public long unseen() {
        return Math.max(0, expected - deferred());
    }

    /** Returns figures without members. */
    public static Figures none() {
        return new Figures(0, 0, OPEN, Status.UNKNOWN, -1, new TreeMap<>(Map.of()), 0, 0);
    }
}
