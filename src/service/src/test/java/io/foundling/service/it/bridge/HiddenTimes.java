package io.foundling.service.it.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How long what is in a partition is hidden from readers by open transactions: the time from a question for its end until
 * the last stable offset has reached that end. That is what such transactions hold an audit clock back by. One question
 * after the other, by a thread of its own.
 */
final class HiddenTimes implements AutoCloseable {

    private final Admin admin;
    private final TopicPartition partition;
    private final List<Long> nanos = new ArrayList<>();
    private final CompletableFuture<List<Long>> end = new CompletableFuture<>();
    private volatile boolean stopped;

    HiddenTimes(String bootstrapServers, TopicPartition partition) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.partition = partition;
        Thread thread = new Thread(this::run, "hidden-times");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                long asked = System.nanoTime();
                long written = offset(IsolationLevel.READ_UNCOMMITTED);
                while (!stopped && offset(IsolationLevel.READ_COMMITTED) < written) {
                    Thread.onSpinWait();
                }
                nanos.add(System.nanoTime() - asked);
            }
            end.complete(nanos);
        } catch (ExecutionException | InterruptedException failed) {
            end.completeExceptionally(failed);
        }
    }

    private long offset(IsolationLevel isolation) throws ExecutionException, InterruptedException {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                .partitionResult(partition)
                .get()
                .offset();
    }

    /** Ends the questions and returns a sentence with their figures. */
    String stop() {
        stopped = true;
        List<Long> sorted = new ArrayList<>(end.join());
        Collections.sort(sorted);
        return "%d questions, median %d ms, 99 %% %d ms, longest %d ms"
                .formatted(sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static long at(List<Long> sorted, double share) {
        return Duration.ofNanos(sorted.get((int) Math.min(sorted.size() - 1.0, sorted.size() * share)))
                .toMillis();
    }

    @Override
    public void close() {
        stopped = true;
        admin.close(Duration.ZERO);
    }
}
