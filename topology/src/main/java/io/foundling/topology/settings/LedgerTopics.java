package io.foundling.topology.settings;

import io.foundling.topology.names.TopicPrefix;
import java.util.List;
import java.util.Set;

/**
 * The topics of a ledger: those that audit events are read from, as found on the broker, and how the names of all others
 * begin.
 *
 * @param sources topics with audit events, each with {@code partitions} partitions
 * @param withAppendTime those whose record timestamps are append times; on the others the time of reading is taken for it
 */
public record LedgerTopics(List<String> sources, Set<String> withAppendTime, int partitions, TopicPrefix prefix) {

    public LedgerTopics {
        sources = List.copyOf(sources);
        withAppendTime = Set.copyOf(withAppendTime);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources is empty, must name at least one topic");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions is " + partitions + ", must be 1 or more");
        }
    }
}
