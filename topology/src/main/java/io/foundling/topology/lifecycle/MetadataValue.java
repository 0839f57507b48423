package io.foundling.topology.lifecycle;

import java.util.UUID;

/** The value of a metadata key, and the event that set it: the later event wins (rule L16). */
public record MetadataValue(String value, long occurredAtMs, UUID eventId) {

    boolean outdoes(MetadataValue other) {
        if (occurredAtMs != other.occurredAtMs) {
            return occurredAtMs > other.occurredAtMs;
        }
        int byId = Fact.compareAsBytes(eventId, other.eventId);
        return byId != 0 ? byId > 0 : value.compareTo(other.value) > 0;
    }
}
