package io.foundling.topology.parent;

import io.foundling.topology.lifecycle.Closings;
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

    /** What is known before the first closing. */
    public static final KnownParent NONE = new KnownParent(List.of(), false, Optional.empty(), Times.NEVER);

    public KnownParent {
        closings = List.copyOf(closings);
    }

    /** Returns the closing of an attempt. */
    public Optional<KnownClosing> closing(int attempt) {
        return closings.stream().filter(closing -> closing.attempt() == attempt).findFirst();
    }

    /** Returns what the lifecycle rules know of it, and up to when that is all. */
    Closings known(long readThroughMs) {
        return new Closings(
                closings.stream().map(KnownClosing::closing).toList(),
                closing -> closing(closing.attempt()).orElseThrow().reportedAtMs(),
                readThroughMs);
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
