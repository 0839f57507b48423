package io.foundling.topology.account;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Announcement;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many members count, by their results (rule P13) and announcements (rule P16).
 *
 * @param returned by outcome
 */
public record MemberCounts(
        SortedMap<Status, Long> returned, long moved, long orphaned, long unannounced, long named, long neverBegan) {

    public static final MemberCounts NONE = new MemberCounts(Collections.emptySortedMap(), 0, 0, 0, 0, 0);

    /** Members that returned, moved on, or did neither. */
    public long deferred() {
        return returned.values().stream().mapToLong(Long::longValue).sum() + moved + orphaned;
    }

    /** Returns these counts with members added (or, negative, taken away) with one result. */
    MemberCounts counted(MemberResult result, Announcement announcement, long change) {
        SortedMap<Status, Long> newReturned = new TreeMap<>(returned);
        result.outcome().ifPresent(status -> newReturned.merge(status, change, Long::sum));
        newReturned.values().removeIf(count -> count == 0);
        boolean isOrphaned = result == MemberResult.ORPHANED;
        return new MemberCounts(
                newReturned,
                moved + (result == MemberResult.MOVED ? change : 0),
                orphaned + (isOrphaned ? change : 0),
                unannounced + (announcement == Announcement.UNANNOUNCED ? change : 0),
                named + (announcement.isByName() ? change : 0),
                neverBegan + (isOrphaned && announcement == Announcement.NEVER_BEGAN ? change : 0));
    }

    /** Returns the sum of both. */
    public MemberCounts plus(MemberCounts other) {
        SortedMap<Status, Long> sum = new TreeMap<>(returned);
        other.returned.forEach((status, count) -> sum.merge(status, count, Long::sum));
        return new MemberCounts(
                sum,
                moved + other.moved,
                orphaned + other.orphaned,
                unannounced + other.unannounced,
                named + other.named,
                neverBegan + other.neverBegan);
    }
}
