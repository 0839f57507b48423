package io.foundling.service.replay.mapping;

import java.util.List;

/** The body and metadata of lines that have certain values. */
record FactRule(List<ValuePattern> when, BodyTemplate body, List<MetadataEntry> metadata) {

    FactRule {
        when = List.copyOf(when);
        metadata = List.copyOf(metadata);
    }

    boolean matches(String value) {
        return when.stream().anyMatch(pattern -> pattern.matches(value));
    }
}
