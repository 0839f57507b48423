package io.foundling.topology.account;

import java.util.List;
import java.util.Optional;

/**
 * What one partition says of one group: absolute, so that a repeat or a crash cannot make a count drift. An account
 * replaces the former one of its group and partition.
 *
 * @param count subjects that count in the group now; for VIOLATIONS and GAP all that this partition ever counted
 * @param parentClosed for ORPHANED: those of them that were not back when their parent closed
 * @param samples keys of the first of them
 * @param incomplete whether one of its sources reports dropped events
 * @param changedAtMs wall time of the last change
 * @param settlement for SETTLEMENT only
 */
public record Account(
        String group,
        int partition,
        long count,
        long parentClosed,
        List<String> samples,
        boolean incomplete,
        long changedAtMs,
        Optional<Figures> settlement) {

    public Account {
        samples = List.copyOf(samples);
    }
}
