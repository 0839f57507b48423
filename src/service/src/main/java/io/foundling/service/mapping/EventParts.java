package io.foundling.service.mapping;

import io.foundling.audit.Subject;
import java.util.List;
import java.util.Optional;

/** What an event is about, and when it happened: everything of it but its identity and its body. */
record EventParts(
        SubjectTemplate subject,
        Optional<SubjectTemplate> parent,
        Optional<Expression> attempt,
        EventTime time,
        EventTexts texts,
        List<MetadataEntry> metadata) {

    EventParts {
        metadata = List.copyOf(metadata);
    }

    /** Returns the parent; null, as events have it, if the record names none. */
    Subject parent(Input input) throws RecordRejectedException {
        return parent.isPresent() ? parent.get().ifNamed(input).orElse(null) : null;
    }

    /**
     * Returns the attempt; empty if the record has none.
     *
     * @throws RecordRejectedException if it is not a whole number
     */
    Optional<Integer> attempt(Input input) throws RecordRejectedException {
        String text = attempt.isPresent() ? attempt.get().in(input).orElse("") : "";
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException unfit) {
            throw new RecordRejectedException("has '" + text + "' as its attempt, must be a whole number from 1");
        }
    }
}
