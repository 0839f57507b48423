package io.foundling.topology.settings;

import java.util.List;
import java.util.Set;

/**
 * The topics that audit events are read from, as found on the broker.
 *
 * @param names all of them, each with {@code partitions} partitions
 * @param withAppendTime those whose record timestamps are append times; on the others the time of reading is taken for it
 */
public record SourceTopics(List<String> names, Set<String> withAppendTime, int partitions) {

    public SourceTopics {
        names = List.copyOf(names);
        withAppendTime = Set.copyOf(withAppendTime);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("sources is empty, must name at least one topic");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions is " + partitions + ", must be 1 or more");
        }
    }
}
