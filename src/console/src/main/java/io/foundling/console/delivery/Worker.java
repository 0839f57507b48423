package io.foundling.console.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A thread that does what is due, again and again, and waits in between until a time or until it is woken. */
public final class Worker implements AutoCloseable {

    /** Nothing is due until something changes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** An exchange that is interrupted ends at once; a commit to Kafka may take a moment. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    /** Wall clocks are set back and forth; nothing is late by more than this because of it. */
    private static final long LOOKS_EVERY_MS = 1_000;

    /** What a worker does. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does what is due.
         *
         * @return when something will be due; {@link #NEVER} if that depends on a change
         */
        long run() throws InterruptedException;
    }

    private final Step step;
    private final InstantSource clock;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean isWoken;
    private boolean isClosed;
    private volatile RuntimeException failure;

    public Worker(String name, Step step, InstantSource clock) {
        this.step = step;
        this.clock = clock;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Wakes the worker after a change, so that it looks for what is due. */
    public void wake() {
        lock.lock();
        try {
            isWoken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns why the worker has ended; null while it works. */
    public RuntimeException failure() {
        return failure;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            thread.join(ENDS_WITHIN.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long dueMs = 0;
            while (awaitDue(dueMs)) {
                dueMs = step.run();
            }
        } catch (InterruptedException closed) {
            // Asked to end.
        } catch (RuntimeException unexpected) {
            failure = unexpected;
        } catch (Throwable unexpected) {
            failure = new IllegalStateException(
                    unexpected.getClass().getSimpleName() + " ended " + thread.getName(), unexpected);
        }
    }

    /** Returns whether to go on. */
    private boolean awaitDue(long dueMs) throws InterruptedException {
        lock.lock();
        try {
            while (!isWoken && !isClosed && clock.millis() < dueMs) {
                long waitMs = Math.min(LOOKS_EVERY_MS, dueMs - clock.millis());
                boolean ignored = changed.await(waitMs, TimeUnit.MILLISECONDS);
            }
            isWoken = false;
            return !isClosed;
        } finally {
            lock.unlock();
        }
    }
}
