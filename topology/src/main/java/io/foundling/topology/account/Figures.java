package io.foundling.topology.account;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Announcement;
import java.util.SortedMap;

/**
 * A partition's part of the settlement of one attempt of a parent. The account counts the orphaned members.
 *
 * @param version of the closure that it accounts for; only accounts of the same version are added up
 * @param partitions how many partitions send one
 * @param closedAtMs when the attempt closed; {@link #OPEN} if its closure was taken back
 * @param outcome of the attempt
 * @param expected how many members were announced; negative: not said
 */
public record Figures(
        int version, int partitions, long closedAtMs, Status outcome, long expected, MemberCounts members) {

    /** The attempt is not closed after all. */
    public static final long OPEN = Long.MAX_VALUE;

    /** Whether the attempt is not closed after all, and no member is left. */
    boolean isTakenBack() {
        return closedAtMs == OPEN && members.equals(MemberCounts.NONE);
    }

    /** Members of the attempt: those that returned, moved on, or did neither. */
    public long deferred() {
        return members.deferred();
    }

    /** Members that came back, by outcome. */
    public SortedMap<Status, Long> returned() {
        return members.returned();
    }

    public long moved() {
        return members.moved();
    }

    public long orphaned() {
        return members.orphaned();
    }

    /** Returns these figures with members added (or, negative, taken away) with one result. */
    public Figures counted(MemberResult result, Announcement announcement, long change) {
        return new Figures(
                version, partitions, closedAtMs, outcome, expected, members.counted(result, announcement, change));
    }

    /** Returns the same counts under another closure. */
    public Figures under(int newVersion, int newPartitions, long newClosedAtMs, Status newOutcome, long newExpected) {
        return new Figures(newVersion, newPartitions, newClosedAtMs, newOutcome, newExpected, members);
    }

    /** Adds the counts of another partition under the same closure. */
    public Figures plus(Figures other) {
        return new Figures(version, partitions, closedAtMs, outcome, expected, members.plus(other.members));
    }

    /** Adds members that are known by their number only. */
    public Figures plus(MemberCounts others) {
        return new Figures(version, partitions, closedAtMs, outcome, expected, members.plus(others));
    }

    /** How many members were announced and never seen. A result that nobody asked for stands in for none of them. */
    public long unseen() {
        return expected < 0 ? 0 : Math.max(0, expected - asked());
    }

    /** How many members there are beyond those that were announced. */
    public long more() {
        return expected < 0 ? 0 : Math.max(0, asked() - expected);
    }

    /** How many members nobody asked for, if there was an announcement that they are no part of. */
    public long unannounced() {
        return isToldApart() ? members.unannounced() : 0;
    }

    /** Where members report nothing but outcomes, and only their number was announced, any of them may be meant. */
    private boolean isToldApart() {
        return members.named() > 0 || expected >= 0 && members.unannounced() < deferred();
    }

    /** Whether members that did not come back are warned of: those of a cancelled parent are not (rule P9). */
    public boolean warns() {
        return outcome != Status.CANCELLED;
    }

    /** What a settlement alerts with (rule A3). */
    public long differences() {
        return warns() ? orphaned() + unseen() + more() + unannounced() : 0;
    }

    private long asked() {
        return deferred() - unannounced();
    }

    /** Returns figures without members. */
    public static Figures none() {
        return new Figures(0, 0, OPEN, Status.UNKNOWN, -1, MemberCounts.NONE);
    }
}
