package io.foundling.console.model.upkeep;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much the read model holds.
 *
 * @param rows by the names of tables
 * @param bytes of the database that are in use
 */
public record Contents(Map<String, Long> rows, long bytes) {

    static final Contents UNKNOWN = new Contents(Map.of(), 0);

    public Contents {
        rows = Map.copyOf(rows);
    }

    static Contents of(Database database) {
        Map<String, Long> rows = new TreeMap<>();
        for (Table<?> table : Tables.all()) {
            rows.put(
                    table.name(),
                    database.read(handle -> handle.createQuery("SELECT count(*) FROM " + table.name())
                            .mapTo(Long.class)
                            .one()));
        }
        return new Contents(rows, database.bytes());
    }
}
