package io.foundling.service.replay.mapping;

import java.util.List;

/** What lines with certain values say. */
record FactRule(List<ValuePattern> when, BodyTemplate body, List<MetadataEntry> metadata) {

    FactRule {
        when = List.copyOf(when);
        metadata = List.copyOf(metadata);
    }

    boolean matches(String value) {
        return when.stream().anyMatch(pattern -> pattern.matches(value));
    }
}
