package io.foundling.service.replay.mapping;

import java.util.Optional;

/** The parts of an event that a mapping may leave out. */
record EventDetails(Optional<Expression> attempt, Optional<Expression> detail, Optional<Expression> traceparent) {

    /**
     * Returns the attempt of a line; empty if it has none.
     *
     * @throws LineRejectedException if it is not a whole number
     */
    Optional<Integer> attempt(InputLine line) throws LineRejectedException {
        Optional<String> text = attempt.flatMap(number -> number.in(line)).filter(found -> !found.isEmpty());
        try {
            return text.map(Integer::valueOf);
        } catch (NumberFormatException unfit) {
            throw new LineRejectedException("has '" + text.get() + "' as its attempt, must be a whole number from 1");
        }
    }

    Optional<String> detail(InputLine line) {
        return detail.flatMap(text -> text.in(line));
    }

    Optional<String> traceparent(InputLine line) {
        return traceparent.flatMap(text -> text.in(line));
    }
}
