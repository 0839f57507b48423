package io.foundling.console.model.query;

import java.util.List;
import java.util.Optional;

/**
 * A part of an answer.
 *
 * @param next where the next part begins; none if there is none
 */
public record Page<T>(List<Found<T>> rows, Optional<Cursor> next) {

    public Page {
        rows = List.copyOf(rows);
    }
}
