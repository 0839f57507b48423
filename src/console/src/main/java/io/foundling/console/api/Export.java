package io.foundling.console.api;

import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.query.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes a whole list, page by page, so that it needs the memory of one page, and no connection to the database while the
 * caller is slow. It ends when the caller goes away.
 *
 * @param header before the first row
 * @param line makes that of a row, with its end
 * @param pages answers the page behind a cursor
 */
record Export<T>(String header, Function<Found<T>, String> line, Function<Cursor, Page<T>> pages) {

    void write(Page<T> first, OutputStream out) throws IOException {
        out.write(header.getBytes(StandardCharsets.UTF_8));
        Page<T> page = first;
        while (true) {
            for (Found<T> found : page.rows()) {
                out.write(line.apply(found).getBytes(StandardCharsets.UTF_8));
            }
            Optional<Cursor> next = page.next();
            if (next.isEmpty()) {
                return;
            }
            out.flush();
            page = pages.apply(next.get());
        }
    }
}
