package io.foundling.demo;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The course of one subject: every step waits for the one before it, and for its time or for a warning. */
final class Course {

    private final Executor thread;
    private final long beginNanos;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /** @param thread runs the steps */
    Course(Executor thread, long beginNanos) {
        this.thread = thread;
        this.beginNanos = beginNanos;
    }

    /** Adds a step so long after the beginning. */
    Course at(Duration sinceBegin, Runnable step) {
        last = last.thenCompose(before -> delay(beginNanos + sinceBegin.toNanos() - System.nanoTime()))
                .thenRun(step);
        return this;
    }

    /** Adds a step a while after the one before it. */
    Course after(Duration pause, Runnable step) {
        last = last.thenCompose(before -> delay(pause.toNanos())).thenRun(step);
        return this;
    }

    /** Adds a step a while after something else has happened. */
    Course after(Supplier<CompletableFuture<Void>> event, Duration pause, Runnable step) {
        last = last.thenCompose(before -> event.get());
        return after(pause, step);
    }

    /** Returns what is complete after the last step, and failed if a step failed. */
    CompletableFuture<Void> end() {
        return last;
    }

    private CompletableFuture<Void> delay(long nanos) {
        Executor delayed = CompletableFuture.delayedExecutor(Math.max(0, nanos), TimeUnit.NANOSECONDS, thread);
        return CompletableFuture.runAsync(() -> {}, delayed);
    }
}
