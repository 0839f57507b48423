package io.foundling.service.replay.mapping;

import java.time.Instant;

/** The field of a line that has the time of the event, and how times are written. */
record EventTime(String field, TimeFormat format) {

    /**
     * Returns the time of a line's event.
     *
     * @throws LineRejectedException if the field is absent, empty or no time
     */
    Instant of(InputLine line) throws LineRejectedException {
        String text = line.requiredText(field);
        try {
            return format.parse(text);
        } catch (IllegalArgumentException unfit) {
            throw new LineRejectedException("has in field '" + field + "': " + unfit.getMessage());
        }
    }
}
