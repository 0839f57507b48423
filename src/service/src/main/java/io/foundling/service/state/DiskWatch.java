package io.foundling.service.state;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Checks every few seconds whether there is space for the stores. On a full disk RocksDB does not always fail: once its
 * memtables are full it waits silently inside a write until there is space, and the thread looks alive.
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

    /** @param full called on a thread of this watch when two checks in a row found no space */
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
