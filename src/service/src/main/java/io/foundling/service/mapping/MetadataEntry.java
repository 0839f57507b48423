package io.foundling.service.mapping;

import java.util.Map;
import java.util.Optional;

/** One key and value of an event's metadata; left out for records that lack either. */
record MetadataEntry(Expression key, Expression value) {

    void addTo(Map<String, String> metadata, Input input) throws RecordRejectedException {
        String name = key.in(input).orElse("");
        Optional<String> text = value.in(input);
        if (!name.isEmpty() && text.isPresent()) {
            metadata.put(name, text.get());
        }
    }
}
