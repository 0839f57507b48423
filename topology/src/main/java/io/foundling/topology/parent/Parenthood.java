package io.foundling.topology.parent;

import io.foundling.topology.lifecycle.ParentAttempt;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What the partition of a parent itself keeps: who names it, and what it has sent.
 *
 * @param namedBy partitions that hold members of it
 */
public record Parenthood(BitSet namedBy, List<Issue> issued) {

    public static final Parenthood NONE = new Parenthood(new BitSet(), List.of());

    public Parenthood {
        namedBy = (BitSet) namedBy.clone();
        issued = List.copyOf(issued);
    }

    /** A closure as it was last sent. */
    public record Issue(ParentAttempt attempt, int version) {}

    @Override
    public BitSet namedBy() {
        return (BitSet) namedBy.clone();
    }

    public boolean isNamed() {
        return !namedBy.isEmpty();
    }

    /** Returns what was last sent of an attempt. */
    public Optional<Issue> issued(int attempt) {
        return issued.stream()
                .filter(issue -> issue.attempt().attempt() == attempt)
                .findFirst();
    }

    public Parenthood named(int partition, boolean named) {
        BitSet changed = namedBy();
        changed.set(partition, named);
        return new Parenthood(changed, issued);
    }

    public Parenthood issuing(List<Issue> newIssued) {
        return new Parenthood(namedBy, newIssued);
    }
}
