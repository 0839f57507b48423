package io.foundling.console.model.reading;

import java.time.Duration;

/**
 * What the broker says about a partition.
 *
 * @param first offset that was not deleted yet
 * @param end offset behind the last record that can be read
 * @param tombstonesKept how long a compacted topic keeps its tombstones at least
 */
record Ends(String topicId, long first, long end, Duration tombstonesKept) {}
