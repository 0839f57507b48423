package io.foundling.service.mapping;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The content of a mapping file: how a record becomes events.
 *
 * @param eventId fields whose values together identify an event, for ever
 */
public record Mapping(
        SubjectTemplate subject,
        Optional<SubjectTemplate> parent,
        EventTime time,
        List<String> eventId,
        EventDetails details,
        List<MetadataEntry> metadata,
        Producer producer,
        FactRules facts) {

    public Mapping {
        eventId = List.copyOf(eventId);
        metadata = List.copyOf(metadata);
    }

    /**
     * Returns the events of a record; none if the mapping leaves such records out.
     *
     * @throws RecordRejectedException if the mapping cannot make events of the record
     */
    public List<AuditEvent> events(MappedRecord input) throws RecordRejectedException {
        Optional<FactRule> rule = facts.of(input);
        if (rule.isEmpty()) {
            return List.of();
        }
        try {
            return List.of(event(input, rule.get()));
        } catch (RecordRejectedException rejected) {
            throw rejected.by(rule.get().path());
        }
    }

    private AuditEvent event(MappedRecord line, FactRule rule) throws RecordRejectedException {
        Instant occurredAt = time.of(line);
        Subject container = parent.isPresent() ? parent.get().ifNamed(line).orElse(null) : null;
        return AuditEvent.newBuilder()
                .setEventId(NameBasedId.of(eventIdValues(line)))
                .setSubject(subject.of(line))
                .setParent(container)
                .setAttempt(details.attempt(line).orElse(null))
                .setOccurredAt(occurredAt)
                .setDetail(details.detail(line).orElse(null))
                .setMetadata(metadata(line, rule))
                .setProducer(producer)
                .setTraceparent(details.traceparent(line).orElse(null))
                .setBody(rule.body().of(line, occurredAt, time.format()))
                .build();
    }

    private List<String> eventIdValues(MappedRecord line) throws RecordRejectedException {
        List<String> values = new ArrayList<>();
        for (String field : eventId) {
            if (!line.has(field)) {
                throw new RecordRejectedException("has no field '" + field + "'");
            }
            values.add(line.text(field).orElse(""));
        }
        return values;
    }

    private Map<String, String> metadata(MappedRecord line, FactRule rule) {
        Map<String, String> merged = new TreeMap<>();
        metadata.forEach(entry -> entry.addTo(merged, line));
        rule.metadata().forEach(entry -> entry.addTo(merged, line));
        return merged;
    }
}
