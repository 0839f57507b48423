package io.foundling.service.mapping;

import java.time.Instant;

/** The source of an event's time, and how times are written. */
record EventTime(Expression source, TimeFormat format) {

    /**
     * Returns the time of a record's event.
     *
     * @throws RecordRejectedException if the source is absent, empty or no time
     */
    Instant of(Input input) throws RecordRejectedException {
        String text = source.required(input);
        try {
            return format.parse(text);
        } catch (IllegalArgumentException unfit) {
            throw new RecordRejectedException("has in " + source.name() + ": " + unfit.getMessage());
        }
    }
}
