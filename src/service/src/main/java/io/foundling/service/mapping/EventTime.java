package io.foundling.service.mapping;

import java.time.Instant;

/** The field of a line that has the time of the event, and how times are written. */
record EventTime(String field, TimeFormat format) {

    /**
     * Returns the time of a line's event.
     *
     * @throws RecordRejectedException if the field is absent, empty or no time
     */
    Instant of(MappedRecord line) throws RecordRejectedException {
        String text = line.requiredText(field);
        try {
            return format.parse(text);
        } catch (IllegalArgumentException unfit) {
            throw new RecordRejectedException("has in field '" + field + "': " + unfit.getMessage());
        }
    }
}
