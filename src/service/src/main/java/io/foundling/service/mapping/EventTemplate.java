package io.foundling.service.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes one event of a record, or one for each element of an array.
 *
 * @param path in the mapping file, such as {@code facts.rules[2].events[0]}
 * @param forEach the array; absent or null is an empty one
 */
record EventTemplate(
        String path,
        Condition when,
        Optional<Expression.Found> forEach,
        EventParts parts,
        EventIdentity identity,
        BodyTemplate body) {

    /**
     * Adds the events of a record.
     *
     * @throws RecordRejectedException if one cannot be made
     */
    void addTo(List<AuditEvent> events, Input input, Producer producer) throws RecordRejectedException {
        if (forEach.isEmpty()) {
            add(events, input, producer);
            return;
        }
        JsonNode found = forEach.get().node(input);
        JsonNode array = StrictJson.opened(found);
        if (!array.isArray() && !found.isMissingNode() && !found.isNull()) {
            throw new RecordRejectedException("has no list in " + forEach.get().name());
        }
        for (JsonNode element : array) {
            add(events, input.at(element), producer);
        }
    }

    private void add(List<AuditEvent> events, Input input, Producer producer) throws RecordRejectedException {
        if (!when.holds(input)) {
            return;
        }
        if (events.size() == FactRule.MOST_EVENTS) {
            throw new RecordRejectedException("gives more than " + FactRule.MOST_EVENTS + " events; split it");
        }
        events.add(event(input, producer));
    }

    private AuditEvent event(Input input, Producer producer) throws RecordRejectedException {
        Instant occurredAt = parts.time().of(input);
        Subject subject = parts.subject().of(input);
        Optional<Integer> attempt = parts.attempt(input);
        return AuditEvent.newBuilder()
                .setEventId(identity.of(input, subject, attempt, body.name()))
                .setSubject(subject)
                .setParent(parts.parent(input))
                .setAttempt(attempt.orElse(null))
                .setOccurredAt(occurredAt)
                .setDetail(parts.texts().detail(input))
                .setMetadata(metadata(input))
                .setProducer(producer)
                .setTraceparent(parts.texts().traceparent(input))
                .setBody(body.of(input, occurredAt, parts.time().format()))
                .build();
    }

    private Map<String, String> metadata(Input input) throws RecordRejectedException {
        Map<String, String> merged = new TreeMap<>();
        for (MetadataEntry entry : parts.metadata()) {
            entry.addTo(merged, input);
        }
        return merged;
    }
}
