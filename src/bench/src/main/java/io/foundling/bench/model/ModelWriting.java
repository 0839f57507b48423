package io.foundling.bench.model;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Origin;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes rows as the reader of a console does: in batches of one partition, each a transaction, as many at a time as the
 * database takes.
 */
final class ModelWriting implements AutoCloseable {

    private static final int PARTITIONS = 6;

    private final BatchWriter writer;
    private final List<Position> positions = new ArrayList<>();
    private final Table<?> table;
    private final int rowsABatch;
    private final int threads;
    private final ExecutorService executor;
    private int made;

    /** @param topic of which all partitions are written, from their beginning */
    ModelWriting(Database database, Table<?> table, String topic, int rowsABatch) {
        threads = database.writers();
        executor = Executors.newFixedThreadPool(threads);
        this.table = table;
        this.rowsABatch = rowsABatch;
        writer = new BatchWriter(database, Duration.ofDays(7));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Position begin = new Position(new TopicPartition(topic, partition), "bench", 1, 0, 0, true, 0, 0);
            positions.add(begin);
            database.write(handle -> {
                Positions.begin(handle, begin, true);
                return null;
            });
        }
    }

    /** What one row is made of. */
    record Row<T>(String key, long writtenMs, T value) {}

    /**
     * Writes rows by their numbers, and returns how many a second; making the records does not count.
     *
     * @param count how many
     */
    <T> double write(Table<T> same, int count, IntFunction<Row<T>> rows) {
        if (same != table) {
            throw new IllegalArgumentException("another table");
        }
        long spentNs = 0;
        for (int from = 0; from < count; from += rowsABatch * threads) {
            List<Batch<T>> batches = new ArrayList<>(threads);
            for (int i = from; i < Math.min(count, from + rowsABatch * threads); i += rowsABatch) {
                batches.add(batch(same, i, Math.min(count, i + rowsABatch), rows));
            }
            long begunNs = System.nanoTime();
            writeAll(batches);
            spentNs += System.nanoTime() - begunNs;
        }
        return count / (spentNs / 1e9);
    }

    private <T> Batch<T> batch(Table<T> same, int from, int to, IntFunction<Row<T>> rows) {
        Position position = positions.get(made++ % PARTITIONS);
        List<Entry<T>> entries = new ArrayList<>(rowsABatch);
        for (int i = from; i < to; i++) {
            Row<T> row = rows.apply(i);
            Origin origin = new Origin(
                    position.topic(), position.partition(), 1, position.nextOffset() + entries.size(), row.writtenMs());
            entries.add(new Entry<>(origin, row.key(), row.value()));
        }
        return new Batch<>(same, position, position.nextOffset() + entries.size(), entries, 0, 0);
    }

    private <T> void writeAll(List<Batch<T>> batches) {
        List<Future<Position>> written = new ArrayList<>();
        batches.forEach(
                batch -> written.add(executor.submit(() -> writer.write(batch).orElseThrow())));
        for (Future<Position> each : written) {
            try {
                Position position = each.get();
                positions.set(position.partition(), position);
            } catch (ExecutionException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
