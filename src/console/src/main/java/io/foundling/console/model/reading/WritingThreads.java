package io.foundling.console.model.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Writes what was read of several partitions at the same time, where the database takes it: the server spends most of the
 * time of a row, and one connection keeps it busy with one core. With one thread everything runs on that of the caller.
 */
final class WritingThreads implements AutoCloseable {

    private final Optional<ExecutorService> threads;

    /** @param count how many transactions the database takes at a time */
    WritingThreads(int count) {
        threads = count == 1
                ? Optional.empty()
                : Optional.of(Executors.newFixedThreadPool(count, work -> {
                    Thread thread = new Thread(work, "console-writer");
                    thread.setDaemon(true);
                    return thread;
                }));
    }

    /** Does everything, in any order, and waits for all of it. If something fails, the first failure is thrown then. */
    void run(List<Runnable> work) {
        if (threads.isEmpty() || work.size() < 2) {
            work.forEach(Runnable::run);
            return;
        }
        List<Future<?>> under = new ArrayList<>(work.size());
        work.forEach(each -> under.add(threads.get().submit(each)));
        List<Throwable> failures = new ArrayList<>();
        for (Future<?> each : under) {
            try {
                each.get();
            } catch (ExecutionException failed) {
                failures.add(failed.getCause());
            } catch (InterruptedException stopping) {
                throw new InterruptException(stopping);
            }
        }
        if (!failures.isEmpty()) {
            if (failures.get(0) instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failures.get(0);
        }
    }

    @Override
    public void close() {
        threads.ifPresent(ExecutorService::shutdown);
    }
}
