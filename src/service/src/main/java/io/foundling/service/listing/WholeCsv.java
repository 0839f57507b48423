package io.foundling.service.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.CsvForm;
import io.foundling.console.json.JsonSchemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Rows of a list that the API does not answer as CSV: they have only plain values, and all of them the same names. */
final class WholeCsv implements RowWriter {

    private final Predicate<String> lines;

    WholeCsv(Predicate<String> lines) {
        this.lines = lines;
    }

    @Override
    public boolean rows(List<ObjectNode> rows) {
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        rows.get(0).fieldNames().forEachRemaining(name -> properties.put(name, JsonSchemas.typed("string")));
        CsvForm form = CsvForm.of(JsonSchemas.closed(properties), new JsonSchemas());
        return lines.test(form.header().stripTrailing())
                && rows.stream().map(form::line).map(String::stripTrailing).allMatch(lines);
    }
}
