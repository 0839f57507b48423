package io.foundling.topology.explain;

import java.util.List;

/** The steps of an explanation that are about one topic. */
public record Section(Topic topic, List<Step> steps) {

    public Section {
        steps = List.copyOf(steps);
    }
}
