package io.foundling.topology.parent;

import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.lifecycle.Closings;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a partition knows of a parent.
 *
 * @param closings by attempt
 * @param corrected whether more than one closing was ever read
 * @param pass the pass under way, if any
 * @param indexedAtMs the time of its entry in the expiry index; {@link Times#NEVER} if it has none
 */
public record KnownParent(List<KnownClosing> closings, boolean corrected, Optional<Pass> pass, long indexedAtMs) {

    /** So many closings that were accounted for are kept. */
    static final int MAX_SETTLED = Collapsed.MAX_HISTORY;

    /** What is known before the first closing. */
    public static final KnownParent NONE = new KnownParent(List.of(), false, Optional.empty(), Times.NEVER);

    public KnownParent {
        closings = List.copyOf(closings);
    }

    /** Returns the closing of an attempt. */
    public Optional<KnownClosing> closing(int attempt) {
        for (KnownClosing closing : closings) {
            if (closing.attempt() == attempt) {
                return Optional.of(closing);
            }
        }
        return Optional.empty();
    }

    /** Returns the closings that are accounted for, by attempt. */
    private List<KnownClosing> settled() {
        return closings.stream().filter(KnownClosing::isSettled).toList();
    }

    /** Returns those of them that need not be kept (rule P17). */
    List<KnownClosing> surplus() {
        List<KnownClosing> settled = settled();
        return settled.subList(0, Math.max(0, settled.size() - MAX_SETTLED));
    }

    /** Whether an attempt is lower than those that are kept. */
    boolean hasForgotten(int attempt) {
        List<KnownClosing> settled = settled();
        return settled.size() >= MAX_SETTLED
                && attempt < settled.get(settled.size() - MAX_SETTLED).attempt();
    }

    /** Whether a member belongs to attempts only that are lower than those that are kept. */
    boolean hasForgotten(Membership membership) {
        long keptFromMs =
                closings.isEmpty() ? Times.NEVER : closings.get(0).closing().previousClosedAtMs();
        return keptFromMs != Times.NEVER
                && closings.size() >= MAX_SETTLED
                && settled().size() >= MAX_SETTLED
                && membership.begunMs().stream().allMatch(begunMs -> begunMs <= keptFromMs);
    }

    /** Returns what the lifecycle rules know of it, and up to when that is all. */
    Closings known(long readThroughMs) {
        List<Closing> attempts = new ArrayList<>(closings.size());
        for (KnownClosing known : closings) {
            attempts.add(known.closing());
        }
        return new Closings(
                attempts, closing -> closing(closing.attempt()).orElseThrow().reportedAtMs(), readThroughMs);
    }

    /** Returns this parent with a closing in place of the former one of its attempt. */
    public KnownParent with(KnownClosing closing) {
        List<KnownClosing> others = new ArrayList<>(closings);
        others.removeIf(each -> each.attempt() == closing.attempt());
        others.add(closing);
        others.sort(Comparator.comparingInt(KnownClosing::attempt));
        return new KnownParent(others, corrected || !closings.isEmpty(), pass, indexedAtMs);
    }

    public KnownParent holding(List<KnownClosing> newClosings) {
        return new KnownParent(newClosings, corrected, pass, indexedAtMs);
    }

    public KnownParent under(Optional<Pass> newPass) {
        return new KnownParent(closings, corrected, newPass, indexedAtMs);
    }

    public KnownParent indexedAt(long newIndexedAtMs) {
        return new KnownParent(closings, corrected, pass, newIndexedAtMs);
    }
}
