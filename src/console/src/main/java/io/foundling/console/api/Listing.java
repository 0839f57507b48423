package io.foundling.console.api;

import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.Page;
import io.foundling.console.model.table.Table;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.Request;
import java.util.List;
import java.util.Optional;

/**
 * A list that can be asked for.
 *
 * @param id of its operation, and the name of its files
 * @param path below {@code /api/v1}
 * @param parameters besides those of pages
 * @param table that its rows are from
 * @param form of its rows
 * @param pages answers a request
 */
record Listing<T>(
        String id,
        String path,
        String summary,
        List<Parameter<?>> parameters,
        Table<?> table,
        RowForm<T> form,
        Pages<T> pages) {

    /** Answers a part of a list. */
    @FunctionalInterface
    interface Pages<T> {

        /**
         * Returns a page.
         *
         * @param after the cursor of the page before; none for the first one
         * @throws IllegalArgumentException if the cursor is of another list
         */
        Page<T> page(Request request, Optional<Cursor> after, int limit);
    }
}
