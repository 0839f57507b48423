package io.foundling.service.state;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks every few seconds whether there is space for the stores. RocksDB does not always fail where there is none: once its
 * memtables are full it waits inside a write, for as long as that lasts and without a word, and the thread looks alive.
 */
public final class DiskWatch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final StateDirectory directory;
    private final Consumer<UnusableStateException> full;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "foundling-disk-watch");
        watch.setDaemon(true);
        return watch;
    });
    private boolean wasFull;

    /** @param full is told on a thread of this watch, once there was no space twice in a row */
    public DiskWatch(StateDirectory directory, Consumer<UnusableStateException> full) {
        this.directory = directory;
        this.full = full;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void look() {
        boolean isFull = !directory.hasSpace();
        if (isFull && wasFull) {
            full.accept(directory.full());
        }
        wasFull = isFull;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
