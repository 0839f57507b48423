package io.foundling.client.internal.delivery;

import io.foundling.client.KafkaAuditRecorder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one close of a recorder, for which every caller of {@code close} waits, the shutdown hook too: the JVM ends when
 * its hooks have returned, whatever other threads are doing. The work runs on a thread of its own, so that an interrupt
 * of a caller does not keep events from being saved. An interrupt only limits the rest of the close to the time limit
 * of the settings. Any thread; a thread of the recorder closes on its own and never waits.
 */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);

    /** How long the close may take beyond its limit, to count what it could not send and to end its threads. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Consumer<TimeLimit> work;
    private final LongSupplier lost;
    private final Duration usual;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile Optional<Thread> exitHook = Optional.empty();
    private volatile TimeLimit limit;
    private volatile long lostBefore;
    private volatile long lostByClose;
    private volatile Thread worker;

    /**
     * Nothing happens before {@link #close}.
     *
     * @param work closes the recorder within the limit, approximately; an interrupt ends it soon
     * @param lost gives how many events were lost so far
     * @param usual the time limit of the settings
     */
    Closing(Consumer<TimeLimit> work, LongSupplier lost, Duration usual) {
        this.work = work;
        this.lost = lost;
        this.usual = usual;
    }

    /** Closes when the JVM ends. Forgotten after the close, so that the JVM does not keep the recorder. */
    void onExit() {
        Thread hook = new Thread(null, this::closeAtExit, "audit-recorder-exit", 0, false);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            exitHook = Optional.of(hook);
        } catch (IllegalStateException exiting) {
            LOG.warn("the JVM is ending already, so nothing closes the audit recorder unless its service does");
        }
    }

    /**
     * Closes, or waits at most this long for the close that has begun.
     *
     * @param ownThread whether the calling thread belongs to the recorder, so that the close may wait for it
     * @return how many events the close has lost
     */
    long close(Duration timeout, boolean ownThread) {
        boolean first = begins(timeout);
        if (first) {
            begin(ownThread);
        }
        if (first && !ownThread) {
            insist(TimeLimit.of(timeout).plus(GRACE));
        } else if (!ownThread) {
            await(TimeLimit.of(timeout));
        }
        return over.isDone() ? lostByClose : lost.getAsLong() - lostBefore;
    }

    private void closeAtExit() {
        if (begins(usual)) {
            begin(false);
        }
        insist(TimeLimit.of(usual));
    }

    /** Returns true for the first caller only, which must then begin the close. */
    private synchronized boolean begins(Duration timeout) {
        if (limit != null) {
            return false;
        }
        lostBefore = lost.getAsLong();
        limit = TimeLimit.of(timeout);
        return true;
    }

    private void begin(boolean ownThread) {
        if (ownThread) {
            run();
            return;
        }
        Thread thread = new Thread(null, this::run, "audit-recorder-close", 0, false);
        thread.setDaemon(true);
        worker = thread;
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            worker = null;
            run();
        }
    }

    private void run() {
        try {
            work.accept(limit);
        } catch (Throwable unexpected) {
            LOG.error("the audit recorder did not close properly", unexpected);
        } finally {
            lostByClose = lost.getAsLong() - lostBefore;
            over.complete(null);
            forgetExitHook();
        }
    }

    /** Waits for the close and ends it when the time is over. Events not saved by then count as lost. */
    private void insist(TimeLimit longest) {
        if (!await(longest)) {
            limit.end();
            Optional.ofNullable(worker).ifPresent(Thread::interrupt);
            if (!await(TimeLimit.of(GRACE))) {
                LOG.warn("the close of the audit recorder hangs; events that it has not counted yet may be lost");
            }
        }
    }

    /** Waits for the close, in spite of interrupts; the thread has them again when this returns. */
    private boolean await(TimeLimit longest) {
        TimeLimit end = longest;
        boolean interrupted = false;
        while (!over.isDone() && !end.isOver()) {
            try {
                over.get(end.left().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException again) {
                end = interrupted ? end : end.atMost(usual);
                interrupted = true;
            } catch (TimeoutException | ExecutionException checkedAbove) {
                // The loop decides.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return over.isDone();
    }

    private void forgetExitHook() {
        try {
            exitHook.ifPresent(Runtime.getRuntime()::removeShutdownHook);
        } catch (IllegalStateException exiting) {
            // The JVM is ending, and the hook waits for this close.
        }
    }
}
