package io.foundling.topology.rebuild;

import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.topology.account.MemberCounts;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many members a settlement counts that have no disposition any more (rule R6). */
final class RemovedMembers {

    private long left;

    private RemovedMembers(long left) {
        this.left = left;
    }

    /**
     * Returns the members of a settlement beyond those that are known. Dispositions may be ahead of it: somebody whom it
     * calls missing is known as returned. So there are never more of them than members in all.
     *
     * @param cameBack outcomes of members whom the settlement calls missing
     */
    static MemberCounts of(Settlement settlement, MemberCounts known, List<Status> cameBack) {
        RemovedMembers removed = new RemovedMembers(settlement.getDeferred() - known.deferred());
        SortedMap<Status, Long> knownBefore = new TreeMap<>(known.returned());
        cameBack.forEach(outcome -> knownBefore.merge(outcome, -1L, Long::sum));
        SortedMap<Status, Long> returned = new TreeMap<>();
        settlement.getReturned().forEach((name, count) -> {
            Status outcome = Status.valueOf(name);
            long rest = removed.take(count - knownBefore.getOrDefault(outcome, 0L));
            if (rest > 0) {
                returned.put(outcome, rest);
            }
        });
        long moved = removed.take(settlement.getMoved() - known.moved());
        long orphaned = removed.take(settlement.getOrphaned() - known.orphaned());
        long all = returned.values().stream().mapToLong(Long::longValue).sum() + moved + orphaned;
        return new MemberCounts(
                returned,
                moved,
                orphaned,
                within(all, settlement.getUnannounced() - known.unannounced()),
                0,
                within(orphaned, settlement.getNeverBegan() - known.neverBegan()));
    }

    private long take(long count) {
        long taken = within(left, count);
        left -= taken;
        return taken;
    }

    private static long within(long limit, long count) {
        return Math.max(0, Math.min(limit, count));
    }
}
