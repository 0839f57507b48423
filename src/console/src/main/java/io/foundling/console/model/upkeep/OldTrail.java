package io.foundling.console.model.upkeep;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the oldest records of the trail: those that are past its retention, and more if the database is too large. */
final class OldTrail {

    private static final Logger LOG = LoggerFactory.getLogger(OldTrail.class);
    private static final int ROWS_A_CHUNK = 1_000;

    private final Database database;
    private final Map<Table<?>, List<String>> trail;
    private final BooleanSupplier isClosing;
    private boolean isFull;

    /**
     * @param trail tables, and the names of their topics
     * @param isClosing whether to end after the present chunk
     */
    OldTrail(Database database, Map<Table<?>, List<String>> trail, BooleanSupplier isClosing) {
        this.isClosing = isClosing;
        this.database = database;
        this.trail = Map.copyOf(trail);
    }

    /** Deletes everything that was appended before then. */
    void deleteBefore(long ms) {
        for (Table<?> table : trail.keySet()) {
            OptionalLong last = OptionalLong.of(Long.MIN_VALUE);
            while (!isClosing.getAsBoolean() && last.isPresent()) {
                last = deleteChunk(table, last.getAsLong(), ms);
            }
        }
    }

    /** Deletes the oldest until the database is as small as it must be. A log is emptied first: to delete needs room. */
    void deleteWhileTooLarge() {
        if (!database.isTooLarge()) {
            isFull = false;
            return;
        }
        database.emptyLog();
        while (!isClosing.getAsBoolean() && database.isTooLarge()) {
            Optional<Table<?>> oldest = database.read(this::withOldest);
            if (oldest.isEmpty()) {
                warn();
                return;
            }
            deleteChunk(oldest.get(), Long.MIN_VALUE, Long.MAX_VALUE);
        }
        database.emptyLog();
    }

    private void warn() {
        if (!isFull) {
            LOG.warn("{} is larger than console.maxSize although nothing of the trail is left", database);
        }
        isFull = true;
    }

    private Optional<Table<?>> withOldest(Handle handle) {
        Optional<Table<?>> oldest = Optional.empty();
        long oldestMs = Long.MAX_VALUE;
        for (Table<?> table : trail.keySet()) {
            Optional<Long> first = handle.createQuery("SELECT min(appended_ms) FROM " + table.name())
                    .mapTo(Long.class)
                    .findOne();
            if (first.isPresent() && first.get() < oldestMs) {
                oldestMs = first.get();
                oldest = Optional.of(table);
            }
        }
        return oldest;
    }

    /**
     * Deletes some rows, and all of the same time as the last of them, in a transaction of its own.
     *
     * @param afterMs up to here rows were deleted already: PostgreSQL would walk over all of them until they are vacuumed
     * @return the time of the last of them; none if there was none
     */
    private OptionalLong deleteChunk(Table<?> table, long afterMs, long beforeMs) {
        return database.write(handle -> {
            Optional<Long> last = handle.createQuery("SELECT max(appended_ms) FROM (SELECT appended_ms FROM "
                            + table.name()
                            + " WHERE appended_ms > :after AND appended_ms < :before ORDER BY appended_ms"
                            + " LIMIT :limit) AS chunk")
                    .bind("after", afterMs)
                    .bind("before", beforeMs)
                    .bind("limit", ROWS_A_CHUNK)
                    .mapTo(Long.class)
                    .findOne();
            last.ifPresent(lastMs -> {
                trail.get(table).forEach(topic -> Positions.completeSince(handle, topic, lastMs + 1));
                handle.createUpdate(
                                "DELETE FROM " + table.name() + " WHERE appended_ms > :after AND appended_ms <= :last")
                        .bind("after", afterMs)
                        .bind("last", lastMs)
                        .execute();
            });
            return last.map(OptionalLong::of).orElse(OptionalLong.empty());
        });
    }
}
