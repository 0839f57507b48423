package io.foundling.service.mapping;

import java.util.List;

/**
 * The body and metadata of lines that have certain values.
 *
 * @param path of the rule in the mapping file, such as {@code facts.rules[2]}
 */
record FactRule(String path, List<ValuePattern> when, BodyTemplate body, List<MetadataEntry> metadata) {

    FactRule {
        when = List.copyOf(when);
        metadata = List.copyOf(metadata);
    }

    boolean matches(String value) {
        return when.stream().anyMatch(pattern -> pattern.matches(value));
    }
}
