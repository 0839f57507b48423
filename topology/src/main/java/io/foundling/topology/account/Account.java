package io.foundling.topology.account;

import java.util.List;
import java.util.Optional;

/**
 * What one partition says of one group: absolute, so that a repeat or a crash cannot make a count drift. An account
 * replaces the former one of its group and partition.
 *
 * @param count subjects that count in the group now; for VIOLATIONS and GAP all that this partition ever counted
 * @param parentClosed for ORPHANED: those of them that were not back when their parent closed
 * @param named the first of them
 * @param incomplete whether one of its sources reports dropped events
 * @param changedAtMs wall time of the last change
 * @param settlement for SETTLEMENT only
 */
public record Account(
        String group,
        int partition,
        long count,
        long parentClosed,
        Samples named,
        boolean incomplete,
        long changedAtMs,
        Optional<Figures> settlement) {

    /** Makes one without findings. */
    public Account(
            String group,
            int partition,
            long count,
            long parentClosed,
            List<String> samples,
            boolean incomplete,
            long changedAtMs,
            Optional<Figures> settlement) {
        this(group, partition, count, parentClosed, Samples.of(samples), incomplete, changedAtMs, settlement);
    }

    /** Returns the same with the first that count in it. */
    public Account naming(Samples first, boolean isIncomplete) {
        return new Account(group, partition, count, parentClosed, first, isIncomplete, changedAtMs, settlement);
    }

    /** Returns the keys of the first that count in it. */
    public List<String> samples() {
        return named.keys();
    }
}
