package io.foundling.service.mapping;

import java.util.Optional;

/** The parts of an event that a mapping may leave out. */
record EventDetails(Optional<Expression> attempt, Optional<Expression> detail, Optional<Expression> traceparent) {

    /**
     * Returns the attempt of a line; empty if it has none.
     *
     * @throws RecordRejectedException if it is not a whole number
     */
    Optional<Integer> attempt(MappedRecord line) throws RecordRejectedException {
        Optional<String> text = attempt.flatMap(number -> number.in(line)).filter(found -> !found.isEmpty());
        try {
            return text.map(Integer::valueOf);
        } catch (NumberFormatException unfit) {
            throw new RecordRejectedException("has '" + text.get() + "' as its attempt, must be a whole number from 1");
        }
    }

    Optional<String> detail(MappedRecord line) {
        return detail.flatMap(text -> text.in(line));
    }

    Optional<String> traceparent(MappedRecord line) {
        return traceparent.flatMap(text -> text.in(line));
    }
}
