package io.foundling.console.model.upkeep;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.Lock;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.writing.TallyChanges;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Deletes the rows of compacted tables that a new generation did not meet again, once it has caught up. */
final class StaleRows {

    private static final int KEYS_A_CHUNK = 5_000;
    private static final String STALE =
            "key > :from AND key <= :to AND partition = :partition AND generation < :generation";

    private final Database database;
    private final Map<String, Table<?>> compacted;

    private final BooleanSupplier isClosing;

    /**
     * @param compacted tables by the names of their topics
     * @param isClosing whether to end after the present chunk
     */
    StaleRows(Database database, Map<String, Table<?>> compacted, BooleanSupplier isClosing) {
        this.isClosing = isClosing;
        this.database = database;
        this.compacted = Map.copyOf(compacted);
    }

    void delete() {
        for (Position position : database.read(Positions::all)) {
            Table<?> table = compacted.get(position.topic());
            if (table != null && !position.swept() && position.hasCaughtUp()) {
                Optional<String> from = Optional.of("");
                while (from.isPresent()) {
                    if (isClosing.getAsBoolean()) {
                        return;
                    }
                    from = deleteChunk(table, position, from.get());
                }
                database.write(handle -> {
                    Positions.swept(handle, position);
                    return null;
                });
            }
        }
    }

    /** By ranges of keys, so that no chunk looks at the rows of another one. */
    private Optional<String> deleteChunk(Table<?> table, Position position, String from) {
        return database.write(handle -> {
            Optional<String> last = handle.createQuery("SELECT max(key) FROM (SELECT key FROM " + table.name()
                            + " WHERE key > :from ORDER BY key LIMIT :limit) AS chunk")
                    .bind("from", from)
                    .bind("limit", KEYS_A_CHUNK)
                    .mapTo(String.class)
                    .findOne();
            last.ifPresent(to -> {
                Map<String, Object> range = Map.of(
                        "from", from, "to", to, "partition", position.partition(), "generation", position.generation());
                database.lock(handle, Lock.TALLY, true);
                TallyChanges.subtract(handle, table, STALE, range);
                handle.createUpdate("DELETE FROM " + table.name() + " WHERE " + STALE)
                        .bindMap(range)
                        .execute();
            });
            return last;
        });
    }
}
