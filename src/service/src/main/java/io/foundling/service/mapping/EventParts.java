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
     * @throws RecordRejectedException if it is not a whole number from 1
     */
    Optional<Integer> attempt(Input input) throws RecordRejectedException {
        String text = attempt.isPresent() ? attempt.get().in(input).orElse("") : "";
        if (text.isEmpty()) {
            return Optional.empty();
        }
        // Rule L2 has a limit above, too, which is the ledger's to judge.
        if (!text.matches("0*[1-9]\\d{0,8}")) {
            throw new RecordRejectedException("has '" + text + "' as its attempt, must be a whole number from 1");
        }
        return Optional.of(Integer.valueOf(text));
    }
}
