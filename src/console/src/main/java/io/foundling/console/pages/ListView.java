package io.foundling.console.pages;

import java.util.List;
import java.util.Optional;

/**
 * What a page of a list shows.
 *
 * @param rows none if a filter is wrong
 * @param links where one can go from here
 * @param fault what is wrong apart from the fields
 * @param note what others know of the rows and could not say
 * @param acts what the visitor may do to all that is listed
 */
public record ListView(
        Frame frame,
        FilterForm filters,
        List<Row> rows,
        Links links,
        Optional<String> fault,
        Optional<String> note,
        ActOffer acts) {

    /**
     * Addresses that belong to a list.
     *
     * @param first page; none if this is it
     * @param next page; none if this is the last one
     */
    public record Links(Optional<String> first, Optional<String> next, String csv, String ndjson) {}

    public boolean isEmpty() {
        return rows.isEmpty()
                && fault.isEmpty()
                && filters.fields().stream().allMatch(f -> f.fault().isEmpty());
    }
}
