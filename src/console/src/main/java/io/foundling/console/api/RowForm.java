package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Found;

/**
 * How the rows of a list look as JSON.
 *
 * @param <T> what the rows are
 */
interface RowForm<T> {

    /** Returns a row for a caller. */
    ObjectNode json(Found<T> row, Masking masking);

    /** Returns the JSON Schema of rows, a component with a name of its own. */
    ObjectNode schema(JsonSchemas schemas);
}
