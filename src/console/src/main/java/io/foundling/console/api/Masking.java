package io.foundling.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hides values of metadata from those who may not read them. Their names are shown.
 *
 * @param shown names whose values are shown; none: all of them
 */
record Masking(Optional<Set<String>> shown) {

    static final String HIDDEN = "***";

    private static final String METADATA = "metadata";

    /** Returns that of a caller: auditors read everything. */
    static Masking of(Caller caller, Set<String> shown) {
        return new Masking(caller.has(Role.AUDITOR) ? Optional.empty() : Optional.of(shown));
    }

    /** Hides what is in an event or a disposition. */
    ObjectNode apply(ObjectNode record) {
        if (shown.isPresent() && record.path(METADATA) instanceof ObjectNode metadata) {
            for (Map.Entry<String, JsonNode> entry : Set.copyOf(metadata.properties())) {
                if (!shown.get().contains(entry.getKey())) {
                    metadata.put(entry.getKey(), HIDDEN);
                }
            }
        }
        return record;
    }
}
