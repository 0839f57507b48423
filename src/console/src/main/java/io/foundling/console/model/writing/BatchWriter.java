package io.foundling.console.model.writing;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.Lock;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;

/** Writes batches. Each counts once, or not at all. Any thread. */
public final class BatchWriter {

    private final Database database;
    private final Erasures erasures;

    /** @param erasedFor how long after an Erased later events of its subject stay out of the trail */
    public BatchWriter(Database database, Duration erasedFor) {
        this.database = database;
        erasures = new Erasures(database, erasedFor);
    }

    /**
     * Writes a batch, and moves the position of its partition.
     *
     * @return the new position; none if another process has moved it, and nothing was written
     */
    public <T> Optional<Position> write(Batch<T> batch) {
        try {
            return write(batch, RowWriter.inBatches());
        } catch (RowsNotWrittenException refused) {
            if (!refused.isAboutValues()) {
                throw refused;
            }
            return write(batch, RowWriter.oneByOne());
        }
    }

    /**
     * Moves the positions of batches without entries, in one transaction.
     *
     * @return the partitions of which another process has moved the position, and about which nothing was written
     */
    public Set<TopicPartition> moveOn(Collection<? extends Batch<?>> idle) {
        return database.write(handle -> {
            Set<TopicPartition> moved = new HashSet<>();
            for (Batch<?> batch : idle) {
                if (!Positions.advance(handle, batch.from(), batch.to(), batch.firstMs(), 0, batch.leaderEpoch())) {
                    moved.add(batch.from().topicPartition());
                }
            }
            return moved;
        });
    }

    private <T> Optional<Position> write(Batch<T> batch, RowWriter rows) {
        Position to = batch.to();
        return database.write(handle -> {
            if (!Positions.advance(
                    handle, batch.from(), to, batch.firstMs(), batch.passedOver(), batch.leaderEpoch())) {
                handle.rollback();
                return Optional.empty();
            }
            try {
                int refused = batch.table().isCompacted()
                        ? replace(handle, batch.table(), batch.entries(), rows)
                        : add(handle, batch, rows);
                Positions.passedOver(handle, to, refused);
            } catch (SQLException failed) {
                throw new RowsNotWrittenException(batch, failed);
            }
            return Optional.of(to);
        });
    }

    /**
     * Only the last entry of each key counts. PostgreSQL would refuse two of them in one statement. They are written in
     * the order of their keys, so that no two transactions wait for each other. A row whose entry is refused goes.
     *
     * @return how many were refused
     */
    private <T> int replace(Handle handle, Table<T> table, List<Entry<T>> entries, RowWriter rows) throws SQLException {
        Map<String, Entry<T>> last = new TreeMap<>();
        entries.forEach(entry -> last.put(entry.key(), entry));
        List<Entry<T>> present =
                last.values().stream().filter(entry -> entry.value() != null).toList();
        List<Entry<T>> gone =
                last.values().stream().filter(entry -> entry.value() == null).toList();
        TallyChanges changes = new TallyChanges();
        if (table.counting().isPresent()) {
            database.lock(handle, Lock.TALLY, false);
            changes.subtract(handle, table, table.counting().get(), last.keySet());
        }
        List<Entry<T>> taken = rows.insert(handle, table, present);
        rows.delete(handle, table, gone);
        if (table.counting().isPresent()) {
            changes.add(table.counting().get(), taken);
            changes.write(handle);
        }
        return present.size() - taken.size();
    }

    /** Events count when they are read, whatever is erased: the figures of the past are no figures of subjects. */
    private <T> int add(Handle handle, Batch<T> batch, RowWriter rows) throws SQLException {
        List<Entry<T>> kept = erasures.apply(handle, batch);
        List<Entry<T>> taken = rows.insert(handle, batch.table(), kept);
        if (batch.table().counting().isPresent()) {
            database.lock(handle, Lock.TALLY, false);
            TallyChanges changes = new TallyChanges();
            changes.add(batch.table().counting().get(), batch.entries());
            changes.write(handle);
        }
        return kept.size() - taken.size();
    }

    /** Deletes the rows of the trail that were read in a generation at its position or behind it. */
    public static void deleteFrom(Handle handle, Table<?> table, Position position) {
        handle.createUpdate("DELETE FROM " + table.name() + " WHERE topic = :topic AND partition = :partition"
                        + " AND generation = :generation AND record_offset >= :offset")
                .bind("topic", position.topic())
                .bind("partition", position.partition())
                .bind("generation", position.generation())
                .bind("offset", position.nextOffset())
                .execute();
    }
}
