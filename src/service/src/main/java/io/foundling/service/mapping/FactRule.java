package io.foundling.service.mapping;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The events of records for which a condition holds.
 *
 * @param path of the rule in the mapping file, such as {@code facts.rules[2]}
 */
record FactRule(String path, Condition when, List<EventTemplate> events) {

    /** A record with more is rejected, so that a list of millions does not exhaust the memory. */
    static final int MOST_EVENTS = 50_000;

    FactRule {
        events = List.copyOf(events);
    }

    /**
     * Returns the events of a record.
     *
     * @throws RecordRejectedException if they cannot be made, are too many, or two of them have the same id
     */
    List<AuditEvent> of(Input input, Producer producer) throws RecordRejectedException {
        List<AuditEvent> made = new ArrayList<>();
        for (EventTemplate event : events) {
            try {
                event.addTo(made, input, producer);
            } catch (RecordRejectedException rejected) {
                throw rejected.by(event.path());
            }
        }
        if (made.size() > 1) {
            requireDifferentIds(made);
        }
        return made;
    }

    private void requireDifferentIds(List<AuditEvent> made) throws RecordRejectedException {
        Set<UUID> ids = new HashSet<>();
        for (AuditEvent event : made) {
            if (!ids.add(event.getEventId())) {
                throw new RecordRejectedException("gives two events one id; add what distinguishes them to eventId")
                        .by(path);
            }
        }
    }
}
