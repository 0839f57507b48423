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
 * @param factField the field whose value selects a rule
 * @param rules the first that matches is applied
 * @param skipOthers whether lines without a matching rule are left out rather than rejected
 */
public record Mapping(
        SubjectTemplate subject,
        Optional<SubjectTemplate> parent,
        String timeField,
        TimeFormat times,
        List<String> eventId,
        Optional<Expression> attempt,
        Optional<Expression> detail,
        Optional<Expression> traceparent,
        List<MetadataEntry> metadata,
        Producer producer,
        String factField,
        List<FactRule> rules,
        boolean skipOthers) {

    public Mapping {
        eventId = List.copyOf(eventId);
        metadata = List.copyOf(metadata);
        rules = List.copyOf(rules);
    }

    /**
     * Returns the event of a line; empty if the mapping leaves such lines out.
     *
     * @throws LineRejectedException if the line gives no event
     */
    public Optional<AuditEvent> event(InputLine line) throws LineRejectedException {
        String fact = line.requiredText(factField);
        Optional<FactRule> rule =
                rules.stream().filter(one -> one.matches(fact)).findFirst();
        if (rule.isEmpty() && skipOthers) {
            return Optional.empty();
        }
        if (rule.isEmpty()) {
            throw new LineRejectedException("has '" + fact + "' in field '" + factField
                    + "', which no rule matches; add one, or set facts.otherwise to skip");
        }
        return Optional.of(event(line, rule.get()));
    }

    private AuditEvent event(InputLine line, FactRule rule) throws LineRejectedException {
        Instant time = time(line);
        Subject container = parent.isPresent() ? parent.get().ifNamed(line).orElse(null) : null;
        return AuditEvent.newBuilder()
                .setEventId(NameBasedId.of(eventIdValues(line)))
                .setSubject(subject.of(line))
                .setParent(container)
                .setAttempt(attempt(line).orElse(null))
                .setOccurredAt(time)
                .setDetail(detail.flatMap(text -> text.in(line)).orElse(null))
                .setMetadata(metadata(line, rule))
                .setProducer(producer)
                .setTraceparent(traceparent.flatMap(text -> text.in(line)).orElse(null))
                .setBody(rule.body().of(line, time, times))
                .build();
    }

    private Instant time(InputLine line) throws LineRejectedException {
        String text = line.requiredText(timeField);
        try {
            return times.parse(text);
        } catch (IllegalArgumentException unfit) {
            throw new LineRejectedException("has in field '" + timeField + "': " + unfit.getMessage());
        }
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

    private Optional<Integer> attempt(InputLine line) throws LineRejectedException {
        Optional<String> text = attempt.flatMap(number -> number.in(line)).filter(found -> !found.isEmpty());
        try {
            return text.map(Integer::valueOf);
        } catch (NumberFormatException unfit) {
            throw new LineRejectedException("has '" + text.get() + "' as its attempt, must be a whole number from 1");
        }
    }

    private Map<String, String> metadata(InputLine line, FactRule rule) {
        Map<String, String> merged = new TreeMap<>();
        metadata.forEach(entry -> entry.addTo(merged, line));
        rule.metadata().forEach(entry -> entry.addTo(merged, line));
        return merged;
    }
}
