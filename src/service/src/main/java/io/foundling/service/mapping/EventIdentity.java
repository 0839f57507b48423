package io.foundling.service.mapping;

import io.foundling.audit.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What identifies an event, for ever.
 *
 * @param values whose texts together identify the events of a record
 * @param isOneOfSeveral whether its rule lists events: then subject, attempt and body are part of its identity, too
 */
record EventIdentity(List<Expression> values, boolean isOneOfSeveral) {

    EventIdentity {
        values = List.copyOf(values);
    }

    /**
     * Whether the next try of a subject gets another id. It does if the id has the number of the try, or the time of
     * the event; a number that is the same for every record needs no place in it.
     */
    boolean differsByTry(EventParts parts) {
        List<Expression> number = parts.attempt().map(Expression::places).orElse(List.of());
        List<Expression> time = parts.time().source().places();
        return isOneOfSeveral || hasAll(number) || (!time.isEmpty() && hasAll(time));
    }

    private boolean hasAll(List<Expression> places) {
        return places.stream().allMatch(this::has);
    }

    private boolean has(Expression place) {
        return values.stream()
                .flatMap(value -> value.places().stream())
                .anyMatch(own -> own.equals(place) || (place instanceof Expression.Found inner && inner.isWithin(own)));
    }

    /**
     * Returns the id of an event.
     *
     * @throws RecordRejectedException if the record lacks one of the values; one that is null counts as empty
     */
    UUID of(Input input, Subject subject, Optional<Integer> attempt, String body) throws RecordRejectedException {
        List<String> texts = new ArrayList<>();
        for (Expression value : values) {
            if (value.isAbsent(input)) {
                throw new RecordRejectedException("has no " + value.name());
            }
            texts.add(value.in(input).orElse(""));
        }
        if (isOneOfSeveral) {
            texts.add(subject.getKind().name());
            texts.add(subject.getSource());
            texts.add(subject.getStage());
            texts.add(subject.getId());
            texts.add(attempt.map(String::valueOf).orElse(""));
            texts.add(body);
        }
        return NameBasedId.of(texts);
    }
}
