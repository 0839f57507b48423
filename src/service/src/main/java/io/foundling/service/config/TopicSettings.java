package io.foundling.service.config;

import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.topics.TopicContracts;
import java.util.List;
import java.util.Set;

/**
 * The topics of a service.
 *
 * @param prefix how the names of all topics begin that {@code sources} does not name
 * @param sources topics that audit events are read from
 * @param predecessors applications whose records the service may find in its output topics, as it takes over from them
 * @param bridges which other topics are turned into events of the sources
 */
public record TopicSettings(
        TopicPrefix prefix, List<String> sources, Set<String> predecessors, List<BridgeSettings> bridges) {

    public TopicSettings {
        sources = List.copyOf(sources);
        predecessors = Set.copyOf(predecessors);
        bridges = List.copyOf(bridges);
    }

    /** Returns what each topic must be like. */
    public TopicContracts contracts() {
        return TopicContracts.declared(prefix).withSources(sources);
    }
}
