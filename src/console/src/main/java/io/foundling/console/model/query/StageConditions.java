package io.foundling.console.model.query;

import io.foundling.console.model.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Labelled stages as conditions of SQL.
 *
 * @param parts a condition for each part
 * @param values of the names in them
 */
record StageConditions(List<String> parts, Map<String, Object> values) {

    static StageConditions of(LabelledStages stages) {
        Map<String, Object> values = new TreeMap<>();
        List<String> parts =
                stages.parts().stream().map(part -> condition(part, values)).toList();
        return new StageConditions(parts, values);
    }

    private static String condition(LabelledStages.Part part, Map<String, Object> values) {
        List<String> all = new ArrayList<>();
        equal("source", part.source(), values).ifPresent(all::add);
        equal("stage", part.stage(), values).ifPresent(all::add);
        part.except().forEach(except -> all.add("NOT (" + condition(except, values) + ")"));
        return all.isEmpty() ? "1 = 1" : "(" + String.join(" AND ", all) + ")";
    }

    private static Optional<String> equal(String column, Optional<String> value, Map<String, Object> values) {
        return value.map(given -> {
            String name = "labelled_" + values.size();
            values.put(name, Table.storable(given));
            return column + " = :" + name;
        });
    }
}
