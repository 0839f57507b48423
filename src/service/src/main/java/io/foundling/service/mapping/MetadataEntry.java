package io.foundling.service.mapping;

import java.util.Map;

/** One key and value of an event's metadata; left out for lines that lack either. */
record MetadataEntry(Expression key, Expression value) {

    void addTo(Map<String, String> metadata, MappedRecord line) {
        key.in(line)
                .filter(text -> !text.isEmpty())
                .ifPresent(name -> value.in(line).ifPresent(text -> metadata.put(name, text)));
    }
}
