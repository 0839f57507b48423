package io.foundling.console.model.reading;

import java.time.Duration;
import java.util.Optional;

/**
 * What the broker says about a partition.
 *
 * @param first offset that was not deleted yet
 * @param end offset behind the last record that can be read
 * @param tombstonesKept how long a compacted topic keeps its tombstones at least
 */
record Ends(String topicId, long first, long end, Duration tombstonesKept) {

    /**
     * Returns what is left of what was read.
     *
     * @param lostFrom the first offset of those that were read and that hold other records now; none if all are as they were
     * @param nextOffset behind what was read
     */
    Ends without(Optional<Long> lostFrom, long nextOffset) {
        return lostFrom.map(offset ->
                        new Ends(topicId, first, Math.max(first, Math.min(offset, nextOffset - 1)), tombstonesKept))
                .orElse(this);
    }
}
