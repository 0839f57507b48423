package io.foundling.service.replay.mapping;

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
 * The content of a mapping file: how a line becomes an event.
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
     * Returns the event of a line; empty if the mapping leaves such lines out.
     *
     * @throws LineRejectedException if the line gives no event
     */
    public Optional<AuditEvent> event(InputLine line) throws LineRejectedException {
        Optional<FactRule> rule = facts.of(line);
        return rule.isPresent() ? Optional.of(event(line, rule.get())) : Optional.empty();
    }

    private AuditEvent event(InputLine line, FactRule rule) throws LineRejectedException {
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

    private List<String> eventIdValues(InputLine line) throws LineRejectedException {
        List<String> values = new ArrayList<>();
        for (String field : eventId) {
            if (!line.has(field)) {
                throw new LineRejectedException("has no field '" + field + "'");
            }
            values.add(line.text(field).orElse(""));
        }
        return values;
    }

    private Map<String, String> metadata(InputLine line, FactRule rule) {
        Map<String, String> merged = new TreeMap<>();
        metadata.forEach(entry -> entry.addTo(merged, line));
        rule.metadata().forEach(entry -> entry.addTo(merged, line));
        return merged;
    }
}
