package io.foundling.service.topics;

import java.util.Map;

/** A topic as the broker has it, with its effective settings. */
record FoundTopic(String name, int partitions, Map<String, String> config) {

    FoundTopic {
        config = Map.copyOf(config);
    }
}
